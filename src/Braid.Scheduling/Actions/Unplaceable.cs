using System.Globalization;
using System.Text;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>
/// What found no place in an action, by what it asks of nodes: another workload that asks for the same need not be tried,
/// because an action only ever takes room away. Workloads that already have replicas are bound by where these are, and are
/// always tried.
/// </summary>
internal sealed class Unplaceable
{
    private readonly HashSet<string> failed = new(StringComparer.Ordinal);

    public bool Contains(SessionWorkload workload, TaskSet tasks) =>
        failed.Count > 0 && workload.Active == 0 && failed.Contains(Signature(workload, tasks));

    public void Add(SessionWorkload workload, TaskSet tasks)
    {
        if (workload.Active == 0)
        {
            failed.Add(Signature(workload, tasks));
        }
    }

    /// <summary>The same for workloads that ask for the same of the same nodes.</summary>
    public static string Signature(SessionWorkload workload, TaskSet tasks)
    {
        var text = new StringBuilder();
        SessionGroup? group = null;
        foreach (var replica in tasks.Replicas)
        {
            if (replica.Group != group)
            {
                group = replica.Group;
                text.Append('/').Append(ParentsOf(group));
            }

            text.Append(CultureInfo.InvariantCulture, $"{replica.Demand.Index},");
        }

        foreach (var pool in workload.Source.Pools)
        {
            text.Append('@').Append(pool);
        }

        return text.Append(TextOf(workload.Source.Topology)).ToString();
    }

    /// <summary>Only groups with a topology of their own, or inside of one that may have, differ from a list of replicas.</summary>
    private static string ParentsOf(SessionGroup group) =>
        group.Source.Parent is null && group.Source.Topology is null
            ? ""
            : $"{group.Source.Name}<{group.Source.Parent}{TextOf(group.Source.Topology)}";

    private static string TextOf(TopologyConstraint? topology) =>
        topology is null ? "" : $"#{topology.Topology}#{topology.Required}#{topology.Preferred}";
}
