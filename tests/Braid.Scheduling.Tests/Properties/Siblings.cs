using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Tests.Properties;

/// <summary>Where the ways of two workloads to the top part.</summary>
internal static class Siblings
{
    public static (Queue Mine, Queue Theirs) Above(Snapshot snapshot, RunId mine, RunId theirs)
    {
        var (left, right) = (PathOf(snapshot, mine), PathOf(snapshot, theirs));
        var shared = left.Zip(right).TakeWhile(pair => pair.First.Id == pair.Second.Id).Count();
        return (left[shared], right[shared]);
    }

    /// <summary>From the top down.</summary>
    private static List<Queue> PathOf(Snapshot snapshot, RunId workload)
    {
        var queues = snapshot.Queues.ToDictionary(queue => queue.Id);
        var path = new List<Queue>();
        for (
            QueueId? at = snapshot.Workloads.First(found => found.Id == workload).Queue;
            at is { } id;
            at = queues[id].Parent
        )
        {
            path.Insert(0, queues[id]);
        }

        return path;
    }
}
