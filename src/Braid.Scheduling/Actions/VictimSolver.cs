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

    public bool TrySolve(SessionWorkload pending, IVictimRules rules)
    {
        var tasks = pending.Next;
        var start = journal.Checkpoint;
        var bound = new FitBound(session, cycle.Placer.Sets, pending, tasks);
        var victims = session
            .Workloads.Where(victim => !victim.IsDecided && victim != pending && rules.IsVictim(victim))
            .ToList();
        if (!CouldFit(victims, bound))
        {
            return false;
        }

        var taken = new List<TaskSet>();
        var tries = session.Policy.MaxScenarios;
        foreach (var loss in Losses(victims, rules))
        {
            Evict(loss, bound);
            taken.Add(loss);
            if (!bound.IsEnough)
            {
                continue;
            }

            if (tries-- <= 0)
            {
                break;
            }

            if (TryOutcome(pending, tasks, rules, taken))
            {
                cycle.Commit(rules.Reason, pending);
                return true;
            }
        }

        journal.Rollback(start);
        return false;
    }

    /// <summary>Whether there would be room if all victims left.</summary>
    private bool CouldFit(List<SessionWorkload> victims, FitBound bound)
    {
        if (victims.Count == 0 || bound.IsEnough)
        {
            return victims.Count > 0;
        }

        var start = journal.Checkpoint;
        var replicas = victims.SelectMany(victim => victim.Replicas).Where(replica => replica.MayBeEvicted).ToList();
        foreach (var replica in replicas)
        {
            journal.Evict(replica);
        }

        var nodes = replicas.Select(replica => replica.Held).OfType<SessionNode>().Distinct().ToList();
        nodes.ForEach(bound.Update);
        var could = bound.IsEnough;
        journal.Rollback(start);
        nodes.ForEach(bound.Update);
        return could;
    }

    /// <summary>What is taken, one after the other; the caller evicts each before it asks for the next.</summary>
    private IEnumerable<TaskSet> Losses(List<SessionWorkload> victims, IVictimRules rules)
    {
        using var heap = new QueueHeap(session, isForVictims: true);
        victims.ForEach(heap.Push);
        var replicas = 0;
        while (!heap.IsEmpty)
        {
            var victim = heap.Pop();
            var loss = victim.NextLoss;
            if (loss.Count == 0 || replicas + loss.Count > (rules.MaxReplicas ?? int.MaxValue))
            {
                continue;
            }

            var answer = rules.MayTake(victim, loss);
            if (answer != VictimAnswer.Take)
            {
                Skip(heap, victim, answer);
                continue;
            }

            replicas += loss.Count;
            yield return loss;
            if (victim.NextLoss.Count > 0)
            {
                heap.Push(victim);
            }
        }
    }

    private static void Skip(QueueHeap heap, SessionWorkload victim, VictimAnswer answer)
    {
        if (answer == VictimAnswer.SkipQueue)
        {
            heap.Drop(victim.Queue!);
        }
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
