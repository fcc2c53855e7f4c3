using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.NamedModels;
using Braid.Gateway.Web.Runs;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.ModelLists;

/// <summary>
/// <c>GET /api/models/ID</c>: a model, what it was made from and who uses it; <c>PATCH</c> describes, tags and stages it. An id may
/// have MLflow's <c>m-</c> in front.
/// </summary>
internal sealed class ModelEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostConsumers = 200;
    private const string prefix = "m-";

    private readonly CallerAnswer answer = new(session);

    public Task GetAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                IdOf(context).TryGet(out var id, out var unknown) ? await ShowAsync(caller, id, ct) : unknown
        );

    public Task ChangeAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var id = IdOf(context);
                var body = await JsonBody.ReadAsync(context.Request, NamedModelBodies.Default.ModelBody);
                var change = body.Then(ChangeOf);
                if ((id.Error ?? change.Error) is { } refused)
                {
                    return refused;
                }

                var changed = await ChangeAsync(caller, id.Value, change.Value, body.Value.ArchiveOthers, ct);
                return changed.IsOk ? await ShowAsync(caller, id.Value, ct) : changed.Error;
            }
        );

    /// <summary>The model that a path names.</summary>
    public static Result<ModelId> IdOf(HttpContext context)
    {
        var text = (string?)context.Request.RouteValues["id"] ?? "";
        return ModelId.TryParse(
            text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text,
            out var id
        )
            ? id
            : new Error(
                ErrorKind.NotFound,
                "web.no-such-model",
                $"there is no model '{text}': a model's id is 32 hex digits"
            );
    }

    private static Result<ModelChange> ChangeOf(ModelBody asked)
    {
        ModelStage? stage = null;
        if (asked.Stage is { } word)
        {
            if (!Enum.TryParse<ModelStage>(word, ignoreCase: true, out var known) || !Enum.IsDefined(known))
            {
                return new Error(
                    ErrorKind.InvalidArgument,
                    "web.unknown-word",
                    $"there is no stage '{word}': it is none, staging, production or archived"
                );
            }

            stage = known;
        }

        return new ModelChange
        {
            Comment = asked.Comment,
            Stage = stage,
            IsPublished = asked.IsPublished,
            Labels = asked.Labels,
            SetTags = NamedModelBodies.Tags(asked.SetTags),
            RemoveTags = asked.RemoveTags ?? [],
        };
    }

    /// <summary>A version is changed as such, so that its stage may push others out of theirs.</summary>
    private async Task<Result<Model>> ChangeAsync(
        Caller caller,
        ModelId id,
        ModelChange change,
        bool archiveOthers,
        CancellationToken ct
    )
    {
        var found = await rooms.Models.GetAsync(caller, id, ct);
        return found is { IsOk: true, Value: { RegisteredName: { } name, Version: { } version } }
            ? await rooms.Registry.UpdateVersionAsync(caller, name, version, change, archiveOthers, ct)
            : await rooms.Models.UpdateAsync(caller, id, change, ct);
    }

    private async Task<Result<JsonObject>> ShowAsync(Caller caller, ModelId id, CancellationToken ct)
    {
        var model = await rooms.Models.GetAsync(caller, id, ct);
        var inputs = await rooms.Inputs.OfModelAsync(caller, id, ct);
        var readers = await rooms.Models.RunsOfAsync(caller, id, RunModelKind.Input, ct);
        if ((model.Error ?? inputs.Error ?? readers.Error) is { } refused)
        {
            return refused;
        }

        var maker = model.Value.RunId;
        IReadOnlyList<RunId> named = [.. readers.Value.Take(mostConsumers), .. maker is { } run ? [run] : (RunId[])[]];
        var runs = await RunsAsync(caller, named, ct);
        var datasets = maker is { } made
            ? await rooms.Inputs.DatasetsAsync(caller, [made], ct)
            : Result.Ok<IReadOnlyList<Braid.Tracking.Inputs.DatasetInput>>([]);
        var measured = await rooms.Models.MeasuredAsync([model.Value], ct);
        if ((runs.Error ?? datasets.Error ?? measured.Error) is { } hidden)
        {
            return hidden;
        }

        var written = ModelDetailsJson.Write(model.Value);
        written["maker"] = maker is { } it ? runs.Value.GetValueOrDefault(it)?.DeepClone() : null;
        written["inputs"] = Answer.List(inputs.Value, RunJson.Input);
        written["datasets"] = Answer.List(datasets.Value, RunJson.Dataset);
        written["measured"] = Answer.List(measured.Value, ModelDetailsJson.Write);
        written["consumers"] = Answer.List(
            readers.Value.Take(mostConsumers).Where(runs.Value.ContainsKey),
            reader => runs.Value[reader].DeepClone()
        );
        written["consumerCount"] = readers.Value.Count;
        return written;
    }

    private async Task<Result<Dictionary<RunId, JsonObject>>> RunsAsync(
        Caller caller,
        IReadOnlyList<RunId> ids,
        CancellationToken ct
    )
    {
        var runs = await rooms.Runs.QueryAsync(caller, new() { Ids = ids, Parts = RunParts.None }, ct);
        if (!runs.TryGet(out var page, out var refused))
        {
            return refused;
        }

        var projects = await ProjectNames.OfAsync(rooms, caller, page.Items.Select(run => run.ProjectId), ct);
        return projects.Select(names =>
            page.Items.ToDictionary(
                run => run.Id,
                run => RunJson.Summary(run, names.GetValueOrDefault(run.ProjectId, ""))
            )
        );
    }
}
