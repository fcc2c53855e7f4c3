using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>Which nodes lie together, by topology and level.</summary>
internal sealed class TopologyMap(IReadOnlyList<Topology> topologies, SessionNode[] nodes)
{
    private readonly Dictionary<(string Topology, int Level), string?[]> domains = [];

    public Topology? Find(string name) => topologies.FirstOrDefault(topology => topology.Name == name);

    /// <summary>By node: its domain at the level, named by its labels from the widest level on; null where it lacks one.</summary>
    public string?[] DomainsAt(Topology topology, int level)
    {
        if (!domains.TryGetValue((topology.Name, level), out var found))
        {
            found = [.. nodes.Select(node => DomainOf(node.Source, topology, level))];
            domains.Add((topology.Name, level), found);
        }

        return found;
    }

    /// <summary>The place of a level; -1 for none.</summary>
    public static int LevelOf(Topology topology, string? label)
    {
        for (var level = 0; label is not null && level < topology.Levels.Count; level++)
        {
            if (topology.Levels[level] == label)
            {
                return level;
            }
        }

        return -1;
    }

    private static string? DomainOf(Node node, Topology topology, int level)
    {
        var labels = topology.Levels.Take(level + 1).Select(label => node.Labels.GetValueOrDefault(label)).ToList();
        return labels.Contains(null) ? null : string.Join('/', labels);
    }
}
