using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>
/// The only writer of a session. Trying something out is doing it, and taking it back to a checkpoint when it does not
/// lead anywhere: what is tried and what is decided are the same operations.
/// </summary>
internal sealed class Journal(Session session)
{
    private readonly List<Entry> entries = [];

    private enum Operation
    {
        Allocate,
        Promise,
        Evict,
        Restore,
        Postpone,
    }

    /// <summary>A place in the journal to go back to.</summary>
    public int Checkpoint => entries.Count;

    /// <summary>Counts the commits that evicted somebody: room that was not there before.</summary>
    public int Gains { get; private set; }

    /// <summary>Gives a pending replica what is free.</summary>
    public void Allocate(SessionReplica replica, SessionNode node, int[] gpus)
    {
        entries.Add(new(Operation.Allocate, replica, replica.State));
        replica.Given = node;
        replica.GivenGpus = gpus;
        node.ChangeFree(replica.Demand, gpus, 1);
        node.ChangeFuture(replica.Demand, gpus, 1);
        Enter(replica, ReplicaState.Allocated);
    }

    /// <summary>Promises a replica, pending or evicted, what will be free.</summary>
    public void Promise(SessionReplica replica, SessionNode node, int[] gpus)
    {
        entries.Add(new(Operation.Promise, replica, replica.State));
        replica.Given = node;
        replica.GivenGpus = gpus;
        node.ChangeFuture(replica.Demand, gpus, 1);
        Enter(replica, ReplicaState.Promised);
    }

    /// <summary>Has a replica leave its node.</summary>
    public void Evict(SessionReplica replica)
    {
        entries.Add(new(Operation.Evict, replica, replica.State));
        Leave(replica, ReplicaState.Releasing);
        replica.Held?.ChangeFuture(replica.Demand, replica.HeldGpus, -1);
    }

    /// <summary>Lets an evicted replica stay where it is after all.</summary>
    public void Restore(SessionReplica replica)
    {
        entries.Add(new(Operation.Restore, replica, replica.State));
        replica.Held?.ChangeFuture(replica.Demand, replica.HeldGpus, 1);
        Enter(replica, replica.StateAtStart);
    }

    /// <summary>Has a replica wait for others of its gang although its own place is free.</summary>
    public void Postpone(SessionReplica replica)
    {
        entries.Add(new(Operation.Postpone, replica, replica.State));
        replica.Given?.ChangeFree(replica.Demand, replica.GivenGpus, -1);
        replica.State = ReplicaState.Promised;
    }

    /// <summary>Takes back everything since the checkpoint.</summary>
    public void Rollback(int checkpoint)
    {
        for (var i = entries.Count - 1; i >= checkpoint; i--)
        {
            Undo(entries[i]);
        }

        entries.RemoveRange(checkpoint, entries.Count - checkpoint);
    }

    /// <summary>Keeps everything, for good.</summary>
    /// <returns>The replicas that were touched, in the order of their first operation.</returns>
    public IReadOnlyList<SessionReplica> Commit()
    {
        var touched = new List<SessionReplica>(entries.Count);
        var seen = new HashSet<SessionReplica>();
        foreach (var entry in entries)
        {
            if (seen.Add(entry.Replica))
            {
                touched.Add(entry.Replica);
            }
        }

        Gains += touched.Exists(replica =>
            replica is { Held: not null, State: ReplicaState.Releasing or ReplicaState.Promised }
        )
            ? 1
            : 0;
        entries.Clear();
        return touched;
    }

    private void Undo(Entry entry)
    {
        var replica = entry.Replica;
        switch (entry.Operation)
        {
            case Operation.Allocate:
                Leave(replica, entry.Before);
                replica.Given?.ChangeFree(replica.Demand, replica.GivenGpus, -1);
                Withdraw(replica);
                break;
            case Operation.Promise:
                Leave(replica, entry.Before);
                Withdraw(replica);
                break;
            case Operation.Evict:
                replica.Held?.ChangeFuture(replica.Demand, replica.HeldGpus, 1);
                Enter(replica, entry.Before);
                break;
            case Operation.Restore:
                Leave(replica, entry.Before);
                replica.Held?.ChangeFuture(replica.Demand, replica.HeldGpus, -1);
                break;
            default:
                replica.Given?.ChangeFree(replica.Demand, replica.GivenGpus, 1);
                replica.State = entry.Before;
                break;
        }
    }

    private static void Withdraw(SessionReplica replica)
    {
        replica.Given?.ChangeFuture(replica.Demand, replica.GivenGpus, -1);
        replica.Given = null;
        replica.GivenGpus = [];
    }

    private void Enter(SessionReplica replica, ReplicaState state)
    {
        replica.State = state;
        replica.Workload.Queue?.Add(replica.Cost, replica.Workload.IsPreemptible);
        session.Touch(replica.Workload.Queue);
    }

    private void Leave(SessionReplica replica, ReplicaState state)
    {
        replica.Workload.Queue?.Remove(replica.Cost, replica.Workload.IsPreemptible);
        replica.State = state;
        session.Touch(replica.Workload.Queue);
    }

    private readonly record struct Entry(Operation Operation, SessionReplica Replica, ReplicaState Before);
}
