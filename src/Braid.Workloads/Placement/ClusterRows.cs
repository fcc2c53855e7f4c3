using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Workers;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Placement;

/// <summary>All that placing looks at, of one moment.</summary>
internal sealed record ClusterRows(
    IReadOnlyList<NodeRow> Nodes,
    IReadOnlyList<ShareRow> Shares,
    IReadOnlyList<WorkloadRow> Workloads,
    IReadOnlyList<ReplicaRow> Replicas,
    IReadOnlyList<PlacedQueue> Queues,
    IReadOnlyList<Worker> Workers
)
{
    /// <summary>Workloads that have not ended, and those of which something still holds a place.</summary>
    private const string condition = $"""
        w.id IN (
          SELECT l.id FROM workload l WHERE l.ended IS NULL
          UNION SELECT h.workload_id FROM replica h WHERE h.{ReplicaRow.IsHeld})
        """;

    /// <summary>Those of which something holds a place, and those that wait in no queue.</summary>
    private const string heads = $"""
        w.id IN (
          SELECT l.id FROM workload l WHERE l.queue_id IS NULL AND l.ended IS NULL
          UNION SELECT h.workload_id FROM replica h WHERE h.{ReplicaRow.IsHeld})
        """;

    /// <summary>
    /// All that can make a difference to what is placed now: of the many that wait in a queue only the first of those that need the same.
    /// </summary>
    /// <param name="most">
    /// How many of those that need the same, besides as many as there are workers and places that are held: more of them than can be
    /// placed make none.
    /// </param>
    public static async Task<ClusterRows> ReadHeadsAsync(DbRead db, int most)
    {
        var workloads = await db.QueryAsync<WorkloadRow>($"SELECT {WorkloadRow.Columns} FROM workload w WHERE {heads}");
        var replicas = await db.QueryAsync<ReplicaRow>(
            $"""
            SELECT {ReplicaRow.Columns} FROM replica r
            WHERE r.workload_id IN (SELECT w.id FROM workload w WHERE {heads})
            """
        );
        var workers = await PlacedQueues.WorkersAsync(db);
        var queues = await PlacedQueues.HeadsAsync(db, most + workers.Count + replicas.Count(Releasing.IsHeld));
        var known = workloads.Select(row => row.Id).ToHashSet();
        var waiting = queues
            .SelectMany(queue => queue.Entries.Select(entry => entry.Run))
            .Where(run => !known.Contains(run))
            .ToList();
        return new(
            await NodeRow.AllAsync(db),
            await ShareRow.AllAsync(db),
            [.. workloads, .. await WorkloadRow.LiveAsync(db, waiting)],
            [.. replicas, .. await ReplicaRow.OfAsync(db, waiting)],
            queues,
            queues.Count == 0 ? [] : workers
        );
    }

    /// <summary>All that there is, for who asks about any of it.</summary>
    public static async Task<ClusterRows> ReadAsync(DbRead db)
    {
        var queues = await PlacedQueues.ReadAsync(db);
        return new(
            await NodeRow.AllAsync(db),
            await ShareRow.AllAsync(db),
            await db.QueryAsync<WorkloadRow>($"SELECT {WorkloadRow.Columns} FROM workload w WHERE {condition}"),
            await db.QueryAsync<ReplicaRow>(
                $"""
                SELECT {ReplicaRow.Columns} FROM replica r
                WHERE r.workload_id IN (SELECT w.id FROM workload w WHERE {condition})
                """
            ),
            queues,
            queues.Count == 0 ? [] : await PlacedQueues.WorkersAsync(db)
        );
    }

    /// <summary>Without those that are left out; what holds places counts in any case.</summary>
    public ClusterRows Without(Func<RunId, bool> isLeftOut)
    {
        var holding = Replicas.Where(Releasing.IsHeld).Select(replica => replica.WorkloadId).ToHashSet();
        return this with { Workloads = [.. Workloads.Where(row => !isLeftOut(row.Id) || holding.Contains(row.Id))] };
    }
}
