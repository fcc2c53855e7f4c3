using System.Globalization;
using System.Text;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>
/// What found no place in an action, by what it asked of nodes: who asks for as many of the same, or more, need not be tried
/// again. Workloads that already have replicas are bound by where these are, and are always tried.
/// </summary>
internal sealed class FailedBefore
{
    private readonly Dictionary<(string Asked, string Scope), int> smallest = [];

    /// <param name="scope">What else the outcome depends on, such as the queue.</param>
    public bool Covers(SessionWorkload workload, TaskSet tasks, string scope = "") =>
        smallest.Count > 0
        && workload.Active == 0
        && smallest.TryGetValue((Signature(workload, tasks), scope), out var failed)
        && tasks.Count >= failed;

    public void Add(SessionWorkload workload, TaskSet tasks, string scope = "")
    {
        if (workload.Active == 0)
        {
            smallest[(Signature(workload, tasks), scope)] = tasks.Count;
        }
    }

    /// <summary>The same for workloads that ask for the same of the same nodes; how many is told only when there are several kinds.</summary>
    public static string Signature(SessionWorkload workload, TaskSet tasks)
    {
        var first = tasks.Replicas[0];
        var isUniform = IsUniform(tasks);
        if (isUniform && workload.Source is { Pools.Count: 0, Topology: null } && TextOf(first.Group).Length == 0)
        {
            return first.Demand.Name;
        }

        var text = new StringBuilder();
        foreach (var replica in isUniform ? [first] : tasks.Replicas)
        {
            text.Append(CultureInfo.InvariantCulture, $"{replica.Demand.Index}{TextOf(replica.Group)},");
        }

        foreach (var pool in workload.Source.Pools)
        {
            text.Append('@').Append(pool);
        }

        return text.Append(TextOf(workload.Source.Topology)).ToString();
    }

    private static bool IsUniform(TaskSet tasks)
    {
        var first = tasks.Replicas[0];
        for (var at = 1; at < tasks.Count; at++)
        {
            if (tasks.Replicas[at].Demand != first.Demand || tasks.Replicas[at].Group != first.Group)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Only groups with a topology of their own, or inside of one that may have, differ from a list of replicas.</summary>
    private static string TextOf(SessionGroup group) =>
        group.Source.Parent is null && group.Source.Topology is null
            ? ""
            : $"{group.Source.Name}<{group.Source.Parent}{TextOf(group.Source.Topology)}";

    private static string TextOf(TopologyConstraint? topology) =>
        topology is null ? "" : $"#{topology.Topology}#{topology.Required}#{topology.Preferred}";
}
