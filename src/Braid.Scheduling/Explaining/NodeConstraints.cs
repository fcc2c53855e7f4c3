using Braid.Scheduling.Actions;
using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Explaining;

/// <summary>What the nodes lack for a workload, found by placing it on them again, without what may be in the way.</summary>
internal sealed class NodeConstraints(Cycle cycle)
{
    /// <summary>Breaking a kind down asks every node; more kinds than this would take longer than deciding does.</summary>
    private const int MaxKinds = 100;

    private readonly Session session = cycle.Session;
    private readonly Journal journal = cycle.Session.Journal;
    private readonly Scarcity scarcity = new(cycle.Session);
    private readonly Dictionary<string, IReadOnlyList<BlockingConstraint>> known = new(StringComparer.Ordinal);
    private IReadOnlyList<SessionWorkload>? protectable;

    public IEnumerable<BlockingConstraint> Of(SessionWorkload workload)
    {
        var tasks = workload.Next;
        if (tasks.Count == 0)
        {
            return [];
        }

        var key = workload.Active == 0 ? FailedBefore.Signature(workload, tasks) + tasks.Count : null;
        if (key is null || !known.TryGetValue(key, out var found))
        {
            if (known.Count >= MaxKinds)
            {
                return [new NoRoom(tasks.Count)];
            }

            found = Find(workload, tasks);
            if (key is not null)
            {
                known[key] = found;
            }
        }

        return found.Count == 0 ? found : [.. found, .. OfVictims(workload, tasks)];
    }

    private IReadOnlyList<BlockingConstraint> Find(SessionWorkload workload, TaskSet tasks)
    {
        if (Succeeds(() => cycle.Placer.TryPlaceOnNodes(workload, tasks, mayBind: false)))
        {
            return [];
        }

        if (Succeeds(() => cycle.Placer.TryPlaceAnywhere(workload, tasks)))
        {
            return [.. Topologies(workload)];
        }

        var demands = tasks.Replicas.Select(replica => replica.Demand).Distinct();
        return
        [
            .. Topologies(workload).Where(constraint => constraint.Domains == 0),
            .. demands.SelectMany(demand => scarcity.Of(workload, demand)).Distinct(),
            .. Gangs(workload, tasks),
        ];
    }

    private bool Succeeds(Func<bool> attempt)
    {
        var checkpoint = journal.Checkpoint;
        var could = attempt();
        journal.Rollback(checkpoint);
        return could;
    }

    private IEnumerable<TopologyUnmet> Topologies(SessionWorkload workload) =>
        workload
            .Source.Groups.Select(group => group.Topology)
            .Prepend(workload.Source.Topology)
            .Where(constraint => constraint?.Required is not null)
            .Select(constraint => new TopologyUnmet(constraint!.Required!, cycle.Placer.Sets.CountDomains(constraint)))
            .Distinct();

    /// <summary>How many of each group would find a node, when more than one has to.</summary>
    private IEnumerable<GangUnmet> Gangs(SessionWorkload workload, TaskSet tasks)
    {
        var unmet = new List<GangUnmet>();
        var checkpoint = journal.Checkpoint;
        foreach (var group in tasks.Replicas.GroupBy(replica => replica.Group).Where(group => group.Key.Min > 1))
        {
            var before = group.Key.Active;
            var found = group.Count(replica => cycle.Placer.TryPlaceAnywhere(workload, TaskSet.Of([replica])));
            if (before + found < group.Key.Min)
            {
                unmet.Add(new(group.Key.Source.Name, group.Key.Min, before + found));
            }
        }

        journal.Rollback(checkpoint);
        return unmet;
    }

    /// <summary>Why others are not displaced.</summary>
    private IEnumerable<BlockingConstraint> OfVictims(SessionWorkload workload, TaskSet tasks)
    {
        var queue = workload.Queue!;
        var may = Reclaim.MayHave(session, queue);
        foreach (var kind in Sharing.Amounts.Kinds)
        {
            if (tasks.Cost[kind] > 0 && queue.Allocated[kind] + tasks.Cost[kind] > may[kind] + Sharing.Amounts.Nothing)
            {
                yield return new FairShareReached(
                    queue.Source.Name,
                    kind,
                    may[kind],
                    queue.Allocated[kind],
                    tasks.Cost[kind]
                );
            }
        }

        if (ProtectedUntil(workload) is { Count: > 0 } until)
        {
            yield return new VictimsProtected(until.Count, until.Min());
        }
    }

    private List<DateTimeOffset> ProtectedUntil(SessionWorkload workload) =>
        [
            .. Protectable()
                .Where(victim => victim != workload)
                .Select(victim => (Victim: victim, Until: SafeUntil(victim, workload)))
                .Where(pair => MinRuntime.Protects(pair.Until, pair.Victim, session.Now))
                .Select(pair => pair.Until!.Value),
        ];

    /// <summary>Those that any minimum run time speaks of; mostly nobody.</summary>
    private IReadOnlyList<SessionWorkload> Protectable() =>
        protectable ??= [
            .. session.Workloads.Where(victim =>
                victim is { IsPreemptible: true, Queue: not null, NextLoss.Count: > 0 }
                && Array.Exists(
                    victim.Queue.Path,
                    queue => (queue.Source.PreemptMinRuntime ?? queue.Source.ReclaimMinRuntime) is not null
                )
            ),
        ];

    private static DateTimeOffset? SafeUntil(SessionWorkload victim, SessionWorkload workload) =>
        victim.Queue != workload.Queue ? MinRuntime.SafeFromReclaim(victim, workload.Queue!)
        : victim.Source.Priority < workload.Source.Priority ? MinRuntime.SafeFromPreemption(victim)
        : null;
}
