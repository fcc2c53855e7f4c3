using System.Text.Json.Nodes;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;

namespace Braid.Pipelines.Defaults;

/// <summary>
/// What specs need not say. The effective spec is what its user wrote, laid over the project's defaults, over the cluster's,
/// over the built-in ones (RFC 7396, so a null unsets).
/// </summary>
public sealed class SpecDefaults
{
    /// <summary>What a spec that says nothing gets, as Pachyderm writes it.</summary>
    public const string BuiltIn = """
        {"createPipelineRequest":{"transform":{"image":"ubuntu:20.04"},"outputBranch":"master","datumTries":"3","reprocessSpec":"until_success"}}
        """;

    /// <summary>The least that a spec must say: with it, the values of defaults can be checked.</summary>
    private const string least = """
        {"pipeline": {"name": "p"}, "transform": {"cmd": ["true"]}, "input": {"pfs": {"repo": "r", "glob": "/"}}}
        """;

    private readonly Database database;
    private readonly VersionedData data;
    private readonly Regeneration regeneration;

    internal SpecDefaults(Database database, VersionedData data, PipelineCatalog pipelines)
    {
        this.database = database;
        this.data = data;
        regeneration = new(database, data, pipelines);
    }

    /// <summary>The spec that a user's text comes to, with all defaults.</summary>
    public async Task<Result<PipelineSpec>> ApplyAsync(string userJson, CancellationToken ct)
    {
        if (!SpecReader.Parse(userJson).TryGet(out var draft, out var error))
        {
            return error;
        }

        var layers = await database.ReadAsync(db => DefaultRows.LayersAsync(db, draft.Project), ct);
        return SpecReader.Read(draft, layers);
    }

    /// <summary>The text of the cluster's defaults; the built-in ones when nobody has set any.</summary>
    public async Task<string> OfClusterAsync(CancellationToken ct) =>
        (await database.ReadAsync(db => DefaultRows.FindAsync(db, DefaultRows.Cluster), ct))?.Spec ?? BuiltIn.Trim();

    public async Task<Result<ProjectDefaults>> OfProjectAsync(Caller caller, string project, CancellationToken ct)
    {
        if ((await data.Projects.InspectAsync(caller, project, ct)).Error is { } missing)
        {
            return missing;
        }

        var row = await database.ReadAsync(db => DefaultRows.FindAsync(db, project), ct);
        return row is null ? new ProjectDefaults("{}", "", null) : new(row.Spec, row.MadeBy, row.MadeAt);
    }

    /// <summary>Sets the cluster's defaults; the pipelines that change with them.</summary>
    /// <param name="json">A <c>ClusterDefaults</c> document.</param>
    public Task<Result<IReadOnlyList<PipelineRef>>> SetClusterAsync(
        Caller caller,
        string json,
        DefaultsChange change,
        CancellationToken ct
    ) => SetAsync(caller, DefaultRows.Cluster, json, change, ct);

    /// <summary>Sets a project's defaults; the pipelines that change with them.</summary>
    /// <param name="json">A <c>ProjectDefaults</c> document.</param>
    public async Task<Result<IReadOnlyList<PipelineRef>>> SetProjectAsync(
        Caller caller,
        string project,
        string json,
        DefaultsChange change,
        CancellationToken ct
    ) =>
        (await data.Projects.InspectAsync(caller, project, ct)).Error is { } missing
            ? missing
            : await SetAsync(caller, project, json, change, ct);

    /// <summary>Has no defaults of a project (null: of any, and none of the cluster) any more.</summary>
    public async Task<Result<Unit>> ForgetAsync(Caller caller, string? project, CancellationToken ct)
    {
        return await database.WriteAsync<Unit>(
            caller,
            new("defaults.delete", project ?? "of the server and all projects"),
            caller.MayAdminister(),
            async db =>
            {
                await DefaultRows.DeleteAsync(db, project);
                return Unit.Value;
            },
            ct
        );
    }

    private async Task<Result<IReadOnlyList<PipelineRef>>> SetAsync(
        Caller caller,
        string project,
        string json,
        DefaultsChange change,
        CancellationToken ct
    )
    {
        var act = new AuditedAct("defaults.change", project == DefaultRows.Cluster ? "of the server" : project);
        if ((caller.MayAdminister() ?? Check(change)) is { } refused)
        {
            return await database.TellRefusalAsync(caller, act, refused, ct);
        }

        var text = json.Trim().Length == 0 ? "{}" : json;
        if (!Read(text, project).TryGet(out var spec, out var bad))
        {
            return Errors.BadDefaults(bad);
        }

        var row = new DefaultRow { Project = project, Spec = text };
        return await regeneration.RunAsync(caller, act, row, spec, change, ct);
    }

    private static Error? Check(DefaultsChange change) =>
        change is { Reprocess: true, Regenerate: false } ? Errors.ReprocessWithoutRegenerate() : null;

    private static Result<JsonObject> Read(string json, string project) =>
        DefaultRows
            .Read(json, project == DefaultRows.Cluster)
            .Then(spec => SpecReader.Parse(least).Then(draft => SpecReader.Read(draft, spec)).Select(_ => spec));
}
