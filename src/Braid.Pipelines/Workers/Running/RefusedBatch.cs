using Braid.Pipelines.Datums;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers.Running;

/// <summary>Datums of a job whose program cannot be started here at all.</summary>
internal sealed class RefusedBatch(WorkerParts parts, IReadOnlyList<DatumLease> leases)
{
    /// <summary>Fails all of them, with the reason in their logs, and in the state of their pipeline.</summary>
    public async Task FailAsync(Error reason)
    {
        parts.Troubles.Begin(leases[0].Job.Ref, leases[0].Job.Version, reason.Message);
        await using (var log = new BatchLog(parts.Logs, leases[0].Job.RunId, parts.Clock))
        {
            foreach (var lease in leases)
            {
                await log.WorkerAsync(
                    lease,
                    $"try {lease.Datum.Tries} of {lease.Spec.DatumTries}: the program was not started: {reason.Message}"
                );
            }
        }

        (DatumLease, DatumOutcome)[] outcomes =
        [
            .. leases.Select(lease => (lease, new DatumOutcome(DatumState.Failed, TreeRoot.Empty, new()))),
        ];
        await parts.Leases.CompleteAsync(outcomes, CancellationToken.None);
    }
}
