using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>
/// Work and queues that do not go together any more, found by one question among all that waits: nobody says so who takes a run out of its
/// queue, deletes it, or gives its queue to another project.
/// </summary>
internal static class Strays
{
    /// <summary>Work that waits and is not in its queue, or of another project than its queue is.</summary>
    public static Task<IReadOnlyList<RunId>> OfWorkAsync(DbRead db) =>
        db.QueryAsync<RunId>(
            """
            SELECT w.id FROM workload w WHERE w.queue_id IS NOT NULL AND w.ended IS NULL AND (
              NOT EXISTS (
                SELECT 1 FROM queue_entry e JOIN queue q ON q.id = e.queue_id
                WHERE e.run_id = w.id AND e.queue_id = w.queue_id AND q.placed)
              OR w.share <> COALESCE((SELECT s.name FROM share s WHERE s.id = w.queue_id AND s.has_queue), @none))
            """,
            new { none = Shares.Shares.Default }
        );

    /// <summary>What was noted in a queue and is no work.</summary>
    public static async Task<IReadOnlyList<StandingRun>> OfQueuesAsync(DbRead db) =>
        await RowLists.QueryAsync<StandingRun>(
            db,
            $$"""
            SELECT e.run_id AS run, e.queue_id AS queue FROM queue_entry e
            WHERE e.queue_id IN {0} AND e.needs IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM workload w WHERE w.id = e.run_id AND w.ended IS NULL)
              AND NOT EXISTS (SELECT 1 FROM replica r WHERE r.workload_id = e.run_id AND r.{{ReplicaRow.IsHeld}})
            ORDER BY e.place
            """,
            (await PlacedQueues.ListAsync(db)).Select(queue => $"{queue.Id}")
        );
}
