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
/// <param name="Run">How the run stands; null of one that is gone.</param>
/// <param name="IsHere">It stands in the queue that its work is of, and the runs of that queue are placed.</param>
internal sealed record QueuedState(WorkloadRow Work, ReplicaRow? Replica, PlacedRun? Run, bool IsHere);

/// <summary>What following queues looks at, of one moment: not what simply waits, which is most of it.</summary>
/// <param name="New">Runs in queues that nobody has noted yet.</param>
/// <param name="Shares">The share of each queue that has one.</param>
/// <param name="Works">Of queued runs: what holds a place, what is new in its queue, and what stands otherwise than it waits.</param>
internal sealed record QueueView(
    IReadOnlyList<StandingRun> New,
    IReadOnlyDictionary<QueueId, string> Shares,
    IReadOnlyList<Worker> Workers,
    IReadOnlyList<QueuedState> Works
)
{
    private const string held = $"""
        SELECT {WorkloadRow.Columns} FROM workload w
        WHERE w.queue_id IS NOT NULL AND w.id IN (SELECT h.workload_id FROM replica h WHERE h.{ReplicaRow.IsHeld})
        """;

    /// <summary>Null when there is nothing to look at.</summary>
    /// <param name="most">Of those that are new.</param>
    /// <param name="isWhole">What is in no queue any more, or has another project now, is looked for among all that wait.</param>
    public static async Task<QueueView?> ReadAsync(DbRead db, int most, bool isWhole)
    {
        var news = (await PlacedQueues.NewAsync(db, most)).ToList();
        var works = (await db.QueryAsync<WorkloadRow>(held)).ToList();
        var known = works.Select(work => work.Id).ToHashSet();
        var others = news.Select(entry => entry.Run).ToHashSet();
        if (isWhole)
        {
            others.UnionWith(await Strays.OfWorkAsync(db));
            news.AddRange(await Strays.OfQueuesAsync(db));
        }

        works.AddRange(await WorkloadRow.LiveAsync(db, others.Where(id => !known.Contains(id))));
        return works.Count == 0 && news.Count == 0 ? null : await WithAsync(db, news, works);
    }

    private static async Task<QueueView> WithAsync(
        DbRead db,
        IReadOnlyList<StandingRun> news,
        IReadOnlyList<WorkloadRow> works
    )
    {
        var ids = works.Select(work => work.Id).ToList();
        var replicas = (await ReplicaRow.OfAsync(db, ids)).ToDictionary(row => row.WorkloadId);
        var runs = await PlacedQueues.StandingsAsync(db, ids);
        var placed = (await PlacedQueues.ListAsync(db)).Select(queue => queue.Id).ToHashSet();
        return new(
            news,
            (await ShareRow.AllAsync(db))
                .Where(share => share.HasQueue)
                .ToDictionary(share => share.Id, share => share.Name),
            await PlacedQueues.WorkersAsync(db),
            [.. works.Select(StateOf)]
        );

        QueuedState StateOf(WorkloadRow work)
        {
            var run = runs.GetValueOrDefault(work.Id);
            var isHere = run?.Queue is { } queue && queue == work.QueueId && placed.Contains(queue);
            return new(work, replicas.GetValueOrDefault(work.Id), run, isHere);
        }
    }
}
