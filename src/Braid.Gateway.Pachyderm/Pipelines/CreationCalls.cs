using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Defaults;
using Braid.Pipelines.Specs;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>
/// The calls that make pipelines, or their next versions: 1 the spec is read, with all defaults, and its file stored; 2 the
/// pipeline is made. A dry run makes and undoes it instead.
/// </summary>
internal sealed class CreationCalls(PipelineCatalog pipelines, SpecDefaults defaults)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Change<Pps.CreatePipelineRequest, Creation, Empty>(
            pps,
            "CreatePipeline",
            RecordedForms.CreatePipeline,
            (caller, request, ct) =>
                PrepareAsync(
                    caller,
                    SpecMessages.Format(request),
                    request.Update,
                    request.Reprocess,
                    request.DryRun,
                    ct
                ),
            async (at, caller, creation, ct) => (await RunAsync(at, caller, creation, ct)).Select(_ => new Empty())
        );
        table.Change<Pps.CreatePipelineV2Request, Creation, Pps.CreatePipelineV2Response>(
            pps,
            "CreatePipelineV2",
            RecordedForms.CreatePipelineV2,
            (caller, request, ct) =>
                PrepareAsync(
                    caller,
                    request.CreatePipelineRequestJson,
                    request.Update,
                    request.Reprocess,
                    request.DryRun,
                    ct
                ),
            async (at, caller, creation, ct) =>
                (await RunAsync(at, caller, creation, ct)).Select(effective => new Pps.CreatePipelineV2Response
                {
                    EffectiveCreatePipelineRequestJson = effective.Json,
                    Warnings = { effective.Warnings },
                })
        );
    }

    // (1)
    private async Task<Result<Creation>> PrepareAsync(
        Caller caller,
        string json,
        bool update,
        bool reprocess,
        bool isDryRun,
        CancellationToken ct
    )
    {
        if (!(await defaults.ApplyAsync(json, ct)).TryGet(out var spec, out var error))
        {
            return error;
        }

        if (update && spec.HasSpecCommit)
        {
            return Errors.SpecCommitOnUpdate();
        }

        if (!(await pipelines.StoreAsync(caller, spec, ct)).TryGet(out var stored, out error))
        {
            return error;
        }

        return isDryRun
            ? await RehearseAsync(caller, spec, stored, update, reprocess, ct)
            : new Creation(spec, stored, update, reprocess);
    }

    /// <summary>Refused where the pipeline would be: a dry run finds what is missing.</summary>
    private async Task<Result<Creation>> RehearseAsync(
        Caller caller,
        PipelineSpec spec,
        StoredSpec stored,
        bool update,
        bool reprocess,
        CancellationToken ct
    )
    {
        using (stored)
        {
            return (await pipelines.RehearseAsync(caller, stored, update, reprocess, ct)).Select(_ => new Creation(
                spec,
                null,
                update,
                reprocess
            ));
        }
    }

    // (2)
    private static async Task<Result<PipelineSpec>> RunAsync(
        PachydermRooms at,
        Caller caller,
        Creation creation,
        CancellationToken ct
    ) =>
        creation.Stored is { } stored
            ? (await at.Pipelines.CreateOrUpdateAsync(caller, stored, creation.Update, creation.Reprocess, ct)).Select(
                _ => creation.Spec
            )
            : creation.Spec;

    /// <param name="Stored">Null in a dry run.</param>
    private sealed record Creation(PipelineSpec Spec, StoredSpec? Stored, bool Update, bool Reprocess) : IDisposable
    {
        public void Dispose() => Stored?.Dispose();
    }
}
