using Braid.Metadata;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Desks;

/// <summary>Keeps since when replicas do nothing, as their node tells.</summary>
internal static class IdleReplicas
{
    /// <summary>Two times that differ by less are the same one: it was told on different ways.</summary>
    private static readonly TimeSpan sameTime = TimeSpan.FromSeconds(10);

    /// <param name="idle">Attempts on the node that do nothing, and for how long.</param>
    public static async Task NoteAsync(
        DbWrite db,
        string node,
        IReadOnlyDictionary<AttemptId, TimeSpan> idle,
        DateTimeOffset now
    )
    {
        foreach (var replica in await ReplicaRow.OnAsync(db, node))
        {
            var attempt = new AttemptId(replica.WorkloadId, replica.Name, replica.Fence);
            var since = idle.TryGetValue(attempt, out var time) ? now - time : (DateTimeOffset?)null;
            if (since is null != replica.IdleSince is null || (since - replica.IdleSince)?.Duration() > sameTime)
            {
                await ReplicaRow.UpdateAsync(db, replica with { IdleSince = since });
                await WorkloadRow.LookAtAsync(db, replica.WorkloadId, now);
            }
        }
    }
}
