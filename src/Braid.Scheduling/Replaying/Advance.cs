using System.Globalization;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Replaying;

/// <summary>What a cluster looks like when executors did as decided, at once and without fail.</summary>
internal static class Advance
{
    /// <summary>Takes the steps. Who was evicted still holds its place, and waits again under a new id.</summary>
    public static Snapshot Take(Snapshot snapshot, Decisions decisions)
    {
        var steps = decisions.Steps.ToLookup(step => step.Workload);
        var marks = decisions.StaleMarks.ToDictionary(mark => mark.Workload, mark => mark.Since);
        return snapshot with
        {
            Workloads =
            [
                .. snapshot.Workloads.Select(workload => Mark(Take(workload, steps[workload.Id], snapshot.Now), marks)),
            ],
        };
    }

    /// <summary>A node is gone; what was there waits again.</summary>
    public static Snapshot Lose(Snapshot snapshot, string node) =>
        Release(snapshot) with
        {
            Nodes = [.. snapshot.Nodes.Where(left => left.Name != node)],
            Workloads =
            [
                .. snapshot.Workloads.Select(workload =>
                    Map(workload, replica => replica.Node == node ? [Successor(replica)] : [replica])
                ),
            ],
        };

    /// <summary>Those that are ending have ended.</summary>
    public static Snapshot Release(Snapshot snapshot) =>
        snapshot with
        {
            Workloads = [.. snapshot.Workloads.Select(workload => Map(workload, Stays))],
        };

    private static Workload Mark(Workload workload, Dictionary<RunId, DateTimeOffset?> marks) =>
        marks.TryGetValue(workload.Id, out var since) ? workload with { StaleSince = since } : workload;

    private static Workload Take(Workload workload, IEnumerable<Decision> steps, DateTimeOffset now)
    {
        var byReplica = steps.ToDictionary(step => step.Replica, StringComparer.Ordinal);
        var taken = Map(
            workload,
            replica => byReplica.TryGetValue(replica.Id, out var step) ? Take(replica, step) : [Unpromised(replica)]
        );
        return !HasStarted(workload) && HasStarted(taken) ? taken with { LastStart = now } : taken;
    }

    /// <summary>Whether it runs with all that it must have.</summary>
    public static bool HasStarted(Workload workload) =>
        workload.Groups.All(group => group.Replicas.Count(replica => replica.State.IsAllocated()) >= group.Min)
        && workload.Groups.Any(group => group.Replicas.Any(replica => replica.State.IsAllocated()));

    private static IEnumerable<Replica> Take(Replica replica, Decision step) =>
        step switch
        {
            Decision.Bind bind => [At(replica, ReplicaState.Running, bind.Place)],
            Decision.Promise promise => [At(replica, ReplicaState.Promised, promise.Place)],
            Decision.Move move =>
            [
                replica with
                {
                    State = ReplicaState.Releasing,
                },
                At(Successor(replica), ReplicaState.Promised, move.To),
            ],
            _ => [replica with { State = ReplicaState.Releasing }, Successor(replica)],
        };

    /// <summary>A promise that was not made again is none.</summary>
    private static Replica Unpromised(Replica replica) =>
        replica.State == ReplicaState.Promised
            ? replica with
            {
                State = ReplicaState.Pending,
                Node = null,
                Gpus = [],
            }
            : replica;

    private static Replica At(Replica replica, ReplicaState state, Place place) =>
        replica with
        {
            State = state,
            Node = place.Node,
            Gpus = place.Gpus,
        };

    /// <summary>The same replica in its next attempt: <c>w-0</c>, <c>w-0~1</c>, <c>w-0~2</c>.</summary>
    private static Replica Successor(Replica replica)
    {
        var at = replica.Id.LastIndexOf('~');
        var isNumbered = int.TryParse(
            replica.Id.AsSpan(at + 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var attempt
        );
        var (id, last) = at > 0 && isNumbered ? (replica.Id[..at], attempt) : (replica.Id, 0);
        return replica with { Id = $"{id}~{last + 1}", State = ReplicaState.Pending, Node = null, Gpus = [] };
    }

    private static IEnumerable<Replica> Stays(Replica replica) =>
        replica.State == ReplicaState.Releasing ? [] : [replica];

    private static Workload Map(Workload workload, Func<Replica, IEnumerable<Replica>> map) =>
        workload with
        {
            Groups =
            [
                .. workload.Groups.Select(group => group with { Replicas = [.. group.Replicas.SelectMany(map)] }),
            ],
        };
}
