using Braid.Primitives;
using Braid.Scheduling;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Workloads.Explaining;

/// <summary>What follows for everybody from a snapshot, found by deciding on it.</summary>
internal sealed class Outlook
{
    private readonly Snapshot snapshot;
    private readonly Dictionary<QueueId, Queue> queues;
    private readonly Dictionary<QueueId, QueueShares> shares;
    private readonly Dictionary<RunId, Wait> waits;
    private readonly ILookup<RunId, Decision> steps;

    public Outlook(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        var decisions = Scheduler.Decide(snapshot);
        queues = snapshot.Queues.ToDictionary(queue => queue.Id);
        shares = decisions.Shares.ToDictionary(share => share.Queue);
        waits = decisions.Waits.ToDictionary(wait => wait.Workload);
        steps = decisions.Steps.ToLookup(step => step.Workload);
    }

    public IReadOnlyList<Workload> Workloads => snapshot.Workloads;

    public string ShareOf(Workload workload) => queues[workload.Queue].Name;

    /// <summary>By name.</summary>
    public IReadOnlyList<ShareStanding> Standings =>
        [.. queues.Values.OrderBy(queue => queue.Name, StringComparer.Ordinal).Select(Standing)];

    public Explanation Of(Workload workload)
    {
        var prospect = ProspectOf(workload);
        return new()
        {
            Prospect = prospect,
            Reasons = prospect is Prospect.Displaced ? Losses(workload.Id) : Reasons(workload.Id),
            Ahead = prospect is Prospect.Waits ? Ahead(workload) : [],
            Shares = [.. Path(workload.Queue).Select(Standing)],
        };
    }

    private Prospect ProspectOf(Workload workload)
    {
        var mine = steps[workload.Id].ToList();
        return mine.Exists(step => step is Decision.Evict or Decision.Move) ? Prospect.Displaced
            : mine.Exists(step => step is Decision.Promise) ? Prospect.Promised
            : mine.Exists(step => step is Decision.Bind) ? Prospect.Starts
            : waits.ContainsKey(workload.Id) ? Prospect.Waits
            : Prospect.Runs;
    }

    private IReadOnlyList<WaitReason> Reasons(RunId id) =>
        waits.TryGetValue(id, out var wait)
            ? [.. wait.Constraints.Select(constraint => new WaitReason(constraint.Code, constraint.Message))]
            : [];

    private IReadOnlyList<WaitReason> Losses(RunId id) =>
        [
            .. steps[id]
                .Select(step =>
                    step switch
                    {
                        Decision.Evict evict => new WaitReason($"{evict.Reason}".ToLowerInvariant(), evict.Message),
                        Decision.Move move => new WaitReason($"{move.Reason}".ToLowerInvariant(), move.Message),
                        _ => null,
                    }
                )
                .OfType<WaitReason>()
                .Distinct(),
        ];

    private IReadOnlyList<(RunId Id, string Name)> Ahead(Workload workload) =>
        [
            .. snapshot
                .Workloads.Where(other =>
                    other.Queue == workload.Queue
                    && waits.ContainsKey(other.Id)
                    && (other.Priority, workload.CreatedAt).CompareTo((workload.Priority, other.CreatedAt)) > 0
                )
                .OrderByDescending(other => other.Priority)
                .ThenBy(other => other.CreatedAt)
                .Select(other => (other.Id, other.Name)),
        ];

    private IEnumerable<Queue> Path(QueueId id)
    {
        for (QueueId? at = id; at is { } here && queues.TryGetValue(here, out var queue); at = queue.Parent)
        {
            yield return queue;
        }
    }

    private ShareStanding Standing(Queue queue)
    {
        var share = shares.GetValueOrDefault(queue.Id);
        return new(
            queue.Name,
            queue.Gpu.Quota,
            share?.FairShare.Gpus ?? 0,
            share?.Allocated.Gpus ?? 0,
            share?.Requested.Gpus ?? 0
        );
    }
}
