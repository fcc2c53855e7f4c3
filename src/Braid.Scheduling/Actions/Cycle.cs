using Braid.Scheduling.Fitting;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>What the actions of one cycle share: the session, the placer, and the steps decided so far.</summary>
internal sealed class Cycle
{
    private readonly List<Decision> steps = [];

    /// <summary>Workloads that may run, as far as their owners and queues go.</summary>
    private readonly SessionWorkload[] candidates;

    public Cycle(Session session)
    {
        Session = session;
        candidates =
        [
            .. session.Workloads.Where(workload =>
                workload is { Queue: { } queue, Source.IsSuspended: false, HasPending: true }
                && QueueTree.RunsWorkloads(queue)
            ),
        ];
        Placer = new(session);
    }

    public Session Session { get; }

    public Placer Placer { get; }

    public IReadOnlyList<Decision> Steps => steps;

    /// <summary>Workloads that an action did not look at, for the depth of their queue that it had reached.</summary>
    public Dictionary<SessionWorkload, int> PassedOver { get; } = [];

    /// <summary>Workloads that ask for replicas and may have them, as far as their own state goes.</summary>
    public IEnumerable<SessionWorkload> Contenders() =>
        candidates.Where(workload => workload is { HasPending: true, IsReady: true });

    /// <summary>
    /// Contenders that others may be displaced for: who waits for what it was promised has to have that before it displaces
    /// anybody for more.
    /// </summary>
    public static bool MayDisplace(SessionWorkload workload) =>
        Array.TrueForAll(workload.Groups, group => group.Promised == 0) && workload.Next.Count > 0;

    /// <summary>Decides what the journal holds.</summary>
    /// <param name="reason">Why the replicas that leave do.</param>
    /// <param name="by">For whom.</param>
    public void Commit(EvictionReason reason, SessionWorkload? by)
    {
        foreach (var replica in Session.Journal.Commit())
        {
            if (StepOf(replica, reason, by) is { } step)
            {
                steps.Add(step);
                replica.Workload.IsDecided = true;
            }
        }
    }

    private static Decision? StepOf(SessionReplica replica, EvictionReason reason, SessionWorkload? by)
    {
        var id = replica.Workload.Source.Id;
        var name = replica.Source.Id;
        return replica switch
        {
            { State: ReplicaState.Allocated } => new Decision.Bind(id, name, PlaceOf(replica)),
            { State: ReplicaState.Promised, Held: null } => new Decision.Promise(id, name, PlaceOf(replica)),
            { State: ReplicaState.Promised, Held: { } from } => new Decision.Move(
                id,
                name,
                from.Source.Name,
                PlaceOf(replica),
                reason,
                by?.Source.Id,
                EvictionText.Of(replica, reason, by)
            ),
            { State: ReplicaState.Releasing } => new Decision.Evict(
                id,
                name,
                reason,
                by?.Source.Id,
                EvictionText.Of(replica, reason, by)
            ),
            _ => null,
        };
    }

    private static Place PlaceOf(SessionReplica replica) => new(replica.Given!.Source.Name, replica.GivenGpus);
}
