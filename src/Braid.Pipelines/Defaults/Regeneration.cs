using System.Text.Json.Nodes;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;

namespace Braid.Pipelines.Defaults;

/// <summary>
/// Sets defaults: 1 what users wrote is laid over the new ones, and what comes to another spec is affected; 2 the files of
/// new specs are stored; 3 defaults and new versions are written in one transaction, or nothing is.
/// </summary>
internal sealed class Regeneration(Database database, VersionedData data, PipelineCatalog pipelines)
{
    public async Task<Result<IReadOnlyList<PipelineRef>>> RunAsync(
        Caller caller,
        AuditedAct act,
        DefaultRow defaults,
        JsonObject layer,
        DefaultsChange change,
        CancellationToken ct
    )
    {
        // 1
        var affected = change.Regenerate
            ? await database.ReadAsync(db => AffectedAsync(db, defaults.Project, layer), ct)
            : new List<Affected>();
        if (!affected.TryGet(out var found, out var broken))
        {
            return broken;
        }

        if (!change.DryRun)
        {
            var written = await WriteAsync(caller, act, defaults, found, change.Reprocess, ct);
            if (!written.IsOk)
            {
                return written.Error;
            }
        }

        return found.ConvertAll(pipeline => pipeline.Row.Pipeline);
    }

    private static async Task<Result<List<Affected>>> AffectedAsync(DbRead db, string project, JsonObject layer)
    {
        var affected = new List<Affected>();
        foreach (var row in await PipelineRows.AllAsync(db))
        {
            if (project != DefaultRows.Cluster && project != row.Project)
            {
                continue;
            }

            if (!(await EffectiveAsync(db, row, project, layer)).TryGet(out var spec, out var error))
            {
                return Errors.DefaultsBreak(row.Pipeline, error);
            }

            if (!JsonNode.DeepEquals(JsonNode.Parse(spec.Json), JsonNode.Parse(row.Spec)))
            {
                affected.Add(new(row, spec));
            }
        }

        return affected;
    }

    private static async Task<Result<PipelineSpec>> EffectiveAsync(
        DbRead db,
        PipelineRow row,
        string project,
        JsonObject layer
    )
    {
        var layers = await DefaultRows.LayersAsync(db, row.Project);
        layers[project == DefaultRows.Cluster ? 0 : 1] = layer;
        return SpecReader.Parse(row.ReadSpec().UserJson).Then(draft => SpecReader.Read(draft, layers));
    }

    private async Task<Result<Unit>> WriteAsync(
        Caller caller,
        AuditedAct act,
        DefaultRow defaults,
        List<Affected> affected,
        bool reprocess,
        CancellationToken ct
    )
    {
        var stored = new List<(PipelineRow Row, StoredSpec Spec)>();
        try
        {
            // 2
            foreach (var (row, spec) in affected)
            {
                if (!(await pipelines.StoreAsync(caller, spec, ct)).TryGet(out var file, out var error))
                {
                    return error;
                }

                stored.Add((row, file));
            }

            // 3
            return await data.Transactions.RunAsync(
                caller,
                act,
                transaction => WriteAsync(transaction, caller, defaults, stored, reprocess, ct),
                ct
            );
        }
        finally
        {
            stored.ForEach(one => one.Spec.Dispose());
        }
    }

    private async Task<Result<Unit>> WriteAsync(
        DataTransaction transaction,
        Caller caller,
        DefaultRow defaults,
        List<(PipelineRow Row, StoredSpec Spec)> stored,
        bool reprocess,
        CancellationToken ct
    )
    {
        await DefaultRows.SetAsync(
            transaction.Db,
            defaults with
            {
                MadeAt = transaction.Now,
                MadeBy = transaction.Author,
            }
        );
        var within = pipelines.Within(transaction);
        foreach (var (row, spec) in stored)
        {
            if ((await PipelineRows.FindAsync(transaction.Db, row.Pipeline))?.Version != row.Version)
            {
                return Errors.ChangedMeanwhile(row.Pipeline);
            }

            var made = await within.CreateOrUpdateAsync(caller, spec, update: true, reprocess, ct);
            if (!made.IsOk)
            {
                return made.Error;
            }
        }

        return Unit.Value;
    }

    private sealed record Affected(PipelineRow Row, PipelineSpec Spec);
}
