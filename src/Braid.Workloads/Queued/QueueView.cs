using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Workers;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>A run as work.</summary>
/// <param name="Replica">Null before it has one.</param>
/// <param name="Run">How the run stands; null where nobody needs to know, and of one that is gone.</param>
internal sealed record QueuedState(WorkloadRow Work, ReplicaRow? Replica, PlacedRun? Run);

/// <summary>All that following queues looks at, of one moment.</summary>
/// <param name="Shares">The share of each queue that has one.</param>
/// <param name="Works">Of queued runs: what has not ended, and what still holds a place.</param>
internal sealed record QueueView(
    IReadOnlyList<PlacedQueue> Queues,
    IReadOnlyDictionary<QueueId, string> Shares,
    IReadOnlyList<Worker> Workers,
    IReadOnlyList<QueuedState> Works
)
{
    private const string condition = $"""
        w.id IN (
          SELECT l.id FROM workload l WHERE l.queue_id IS NOT NULL AND l.ended IS NULL
          UNION SELECT h.workload_id FROM replica h JOIN workload a ON a.id = h.workload_id
            WHERE h.{ReplicaRow.IsHeld} AND a.queue_id IS NOT NULL)
        """;

    /// <summary>Null when there is nothing to look at.</summary>
    public static async Task<QueueView?> ReadAsync(DbRead db)
    {
        var queues = await PlacedQueues.ReadAsync(db);
        var works = await db.QueryAsync<WorkloadRow>($"SELECT {WorkloadRow.Columns} FROM workload w WHERE {condition}");
        if (works.Count == 0 && queues.All(queue => queue.Entries.Count == 0))
        {
            return null;
        }

        var replicas = (
            await db.QueryAsync<ReplicaRow>(
                $"""
                SELECT {ReplicaRow.Columns} FROM replica r
                WHERE r.workload_id IN (SELECT w.id FROM workload w WHERE {condition})
                """
            )
        ).ToDictionary(row => row.WorkloadId);
        var waiting = queues.SelectMany(queue => queue.Entries.Select(entry => (entry.Run, queue.Id))).ToHashSet();
        var asked = works
            .Where(work => !Waits(work, replicas.GetValueOrDefault(work.Id), waiting))
            .Select(work => work.Id);
        var runs = await PlacedQueues.StandingsAsync(db, asked);
        return new(
            queues,
            (await ShareRow.AllAsync(db))
                .Where(share => share.HasQueue)
                .ToDictionary(share => share.Id, share => share.Name),
            await PlacedQueues.WorkersAsync(db),
            [
                .. works.Select(work => new QueuedState(
                    work,
                    replicas.GetValueOrDefault(work.Id),
                    runs.GetValueOrDefault(work.Id)
                )),
            ]
        );
    }

    /// <summary>Most of them: nothing of it runs, and it stands in its queue.</summary>
    private static bool Waits(WorkloadRow work, ReplicaRow? replica, HashSet<(RunId, QueueId)> waiting) =>
        waiting.Contains((work.Id, work.QueueId ?? default))
        && replica?.ReadState() is null or ReplicaState.Pending or ReplicaState.Bound;
}
