using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>
/// Finds out whom to displace for one pending workload:
/// <code>
/// 1. take victims one loss at a time, the last in the order of queues first, as far as the rules let;
/// 2. while a count of room says that it cannot be enough, take more;
/// 3. promise the pending workload its places;
/// 4. let every victim whose place nobody took stay, those taken last first; then move those that fit elsewhere;
/// 5. when the rules accept who is left without a place, all of it is decided together; else take more.
/// </code>
/// Nothing is decided when the victims run out, or the number of tries does.
/// </summary>
internal sealed class VictimSolver(Cycle cycle)
{
    private readonly Session session = cycle.Session;
    private readonly Journal journal = cycle.Session.Journal;

    public bool TrySolve(SessionWorkload pending, VictimOrder victims, IVictimRules rules)
    {
        var tasks = pending.Next;
        if (victims.IsEmpty || !victims.Potential.CouldFit(tasks))
        {
            return false;
        }

        var start = journal.Checkpoint;
        var isSolved = TryVictims(pending, tasks, victims, rules);
        if (!isSolved)
        {
            journal.Rollback(start);
        }

        victims.Reset();
        return isSolved;
    }

    private bool TryVictims(SessionWorkload pending, TaskSet tasks, VictimOrder victims, IVictimRules rules)
    {
        var bound = new FitBound(session, cycle.Placer.Sets, pending, tasks);
        var taken = new List<TaskSet>();
        var replicas = 0;
        for (var tries = 0; tries < session.Policy.MaxScenarios; )
        {
            if (
                !victims.TryTake(pending, rules, out var loss)
                || (replicas += loss.Count) > (rules.MaxReplicas ?? int.MaxValue)
            )
            {
                return false;
            }

            Evict(loss, bound);
            taken.Add(loss);
            if (!bound.IsEnough)
            {
                continue;
            }

            tries++;
            if (TryOutcome(pending, tasks, rules, taken))
            {
                cycle.Commit(rules.Reason, pending);
                return true;
            }
        }

        return false;
    }

    private void Evict(TaskSet loss, FitBound bound)
    {
        foreach (var replica in loss.Replicas)
        {
            journal.Evict(replica);
            if (replica.Held is { } node)
            {
                bound.Update(node);
            }
        }
    }

    private bool TryOutcome(SessionWorkload pending, TaskSet tasks, IVictimRules rules, List<TaskSet> taken)
    {
        var checkpoint = journal.Checkpoint;
        if (cycle.Placer.TryPlace(pending, tasks, mayBind: false))
        {
            var evicted = PlaceBack(taken, rules.MayMove);
            if (IsAnyDisplaced(taken) && rules.Accepts(evicted))
            {
                return true;
            }
        }

        journal.Rollback(checkpoint);
        return false;
    }

    /// <returns>Those that have no place any more.</returns>
    private List<TaskSet> PlaceBack(List<TaskSet> taken, bool mayMove)
    {
        var left = taken.AsEnumerable().Reverse().Where(loss => !TryStay(loss)).ToList();
        return mayMove ? [.. left.Where(loss => !TryMove(loss))] : left;
    }

    private bool TryStay(TaskSet loss)
    {
        var checkpoint = journal.Checkpoint;
        if (QueueRoom.Has(loss.Replicas[0].Workload, loss.Cost) && loss.Replicas.All(TryStay) && IsWhole(loss))
        {
            return true;
        }

        journal.Rollback(checkpoint);
        return false;
    }

    private bool TryStay(SessionReplica replica)
    {
        if (replica.Held is not { } held || !Devices.HasBack(held, replica))
        {
            return false;
        }

        journal.Restore(replica);
        return true;
    }

    private bool TryMove(TaskSet loss)
    {
        var checkpoint = journal.Checkpoint;
        if (cycle.Placer.TryPlace(loss.Replicas[0].Workload, loss, mayBind: false) && IsWhole(loss))
        {
            return true;
        }

        journal.Rollback(checkpoint);
        return false;
    }

    /// <summary>What is above a minimum is of no use without the minimum.</summary>
    private static bool IsWhole(TaskSet loss) => loss.Replicas[0].Workload.IsWhole;

    private static bool IsAnyDisplaced(List<TaskSet> taken) =>
        taken.Exists(loss =>
            loss.Replicas.Any(replica => replica.State is ReplicaState.Releasing or ReplicaState.Promised)
        );
}
