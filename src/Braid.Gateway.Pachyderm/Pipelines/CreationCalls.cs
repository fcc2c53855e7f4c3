using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Defaults;
using Braid.Pipelines.Specs;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>
/// The calls that make pipelines, or their next versions: 1 the spec is read, with all defaults, and its file stored; 2 the
/// pipeline is made, if the call is not a dry run.
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

        return isDryRun
            ? new Creation(spec, null, update, reprocess)
            : (await pipelines.StoreAsync(caller, spec, ct)).Select(stored => new Creation(
                spec,
                stored,
                update,
                reprocess
            ));
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
