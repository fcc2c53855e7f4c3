using Braid.Primitives;
using Braid.Scheduling;
using Braid.Scheduling.Explaining;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Workloads.Explaining;

/// <summary>What follows for everybody from a snapshot, found by deciding on it.</summary>
internal sealed class Outlook
{
    private readonly Snapshot snapshot;
    private readonly Examination examination;
    private readonly Dictionary<QueueId, Queue> queues;
    private readonly Dictionary<QueueId, QueueShares> shares;
    private readonly Dictionary<RunId, Wait> waits;
    private readonly ILookup<RunId, Decision> steps;

    public Outlook(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        examination = Scheduler.Examine(snapshot);
        var decisions = examination.Decisions;
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

    /// <summary>By name.</summary>
    public IReadOnlyList<FairShare> FairShares =>
        [.. queues.Values.OrderBy(queue => queue.Name, StringComparer.Ordinal).Select(FairShareOf)];

    public Explanation Of(Workload workload)
    {
        var prospect = ProspectOf(workload);
        return new()
        {
            Prospect = prospect,
            Reasons = prospect is Prospect.Displaced ? Losses(workload.Id) : Reasons(workload.Id),
            Shares = [.. Path(workload.Queue).Select(Standing)],
        };
    }

    /// <summary>The same with what would help, and when it is thought to start.</summary>
    /// <param name="patience">For how long that is looked for.</param>
    /// <param name="basis">From what a start is known.</param>
    public Explanation OutlookOf(Workload workload, Patience patience, Func<DateTimeOffset?, string> basis)
    {
        var outlook = Of(workload);
        return
            outlook.Prospect is Prospect.Waits or Prospect.Promised
            && examination.Explain(workload.Id, patience) is { } explained
            ? outlook with
            {
                Reasons = Reasons(explained.Constraints),
                Ahead = outlook.Prospect is Prospect.Waits ? Named(explained.Ahead) : [],
                Changes = [.. explained.Changes.Select(change => change.Message)],
                IsSearchedWhole = explained.IsSearchedWhole,
                Start = new(explained.Start.At, explained.Start.Reason + basis(explained.Start.At)),
            }
            : outlook;
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
        waits.TryGetValue(id, out var wait) ? Reasons(wait.Constraints) : [];

    private static IReadOnlyList<WaitReason> Reasons(IReadOnlyList<BlockingConstraint> constraints) =>
        [.. constraints.Select(constraint => new WaitReason(constraint.Code, constraint.Message))];

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

    private IReadOnlyList<(RunId Id, string Name)> Named(IReadOnlyList<RunId> ids)
    {
        var names = snapshot.Workloads.ToDictionary(workload => workload.Id, workload => workload.Name);
        return [.. ids.Select(id => (id, names[id]))];
    }

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

    private FairShare FairShareOf(Queue queue)
    {
        var entitled = shares.GetValueOrDefault(queue.Id)?.FairShare ?? default;
        return new(queue.Name, new(entitled.Gpus, (long)entitled.CpuMillis, (long)entitled.MemoryBytes));
    }
}
