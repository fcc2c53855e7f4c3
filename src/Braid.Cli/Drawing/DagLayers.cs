namespace Braid.Cli.Drawing;

/// <summary>A place in a layer: a node, or a line that only passes through.</summary>
internal sealed class DagSlot(DagNode? node)
{
    /// <summary>Null where a line passes.</summary>
    public DagNode? Node => node;

    /// <summary>What it leads to in the next layer.</summary>
    public List<DagSlot> Below { get; } = [];

    public List<DagSlot> Above { get; } = [];

    /// <summary>The column of its middle.</summary>
    public int Middle { get; set; }
}

/// <summary>
/// A graph in layers, every edge from one layer to the next: 1 a node is below all that it reads, as high as that lets it be;
/// 2 an edge over several layers gets a slot in each between; 3 slots are put in the order of what they hang on, so that few
/// lines cross.
/// </summary>
internal static class DagLayers
{
    private const int Sweeps = 8;

    public static IReadOnlyList<List<DagSlot>> Of(Dag dag)
    {
        // (1)
        var depths = Depths(dag);
        var slots = dag.Nodes.ToDictionary(node => node.Name, node => new DagSlot(node));
        var layers = Enumerable.Range(0, depths.Values.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<DagSlot>());
        List<List<DagSlot>> all = [.. layers];
        foreach (var (name, slot) in slots)
        {
            all[depths[name]].Add(slot);
        }

        // (2)
        foreach (var (from, to) in dag.Edges)
        {
            Lead(all, slots[from], depths[from], slots[to], depths[to]);
        }

        // (3)
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Sort(all.Skip(1), slot => slot.Above, all);
            Sort(all.AsEnumerable().Reverse().Skip(1), slot => slot.Below, all);
        }

        Sort(all.Skip(1), slot => slot.Above, all);
        return all;
    }

    private static Dictionary<string, int> Depths(Dag dag)
    {
        var readers = dag.Edges.ToLookup(edge => edge.From, edge => edge.To);
        var depths = dag.Nodes.ToDictionary(node => node.Name, _ => 0);
        var open = new Queue<string>(depths.Keys);
        while (open.TryDequeue(out var name))
        {
            foreach (var reader in readers[name].Where(reader => depths[reader] <= depths[name]))
            {
                depths[reader] = depths[name] + 1;
                open.Enqueue(reader);
            }
        }

        return depths;
    }

    private static void Lead(List<List<DagSlot>> all, DagSlot from, int depth, DagSlot to, int end)
    {
        var at = from;
        for (var layer = depth + 1; layer < end; layer++)
        {
            var passing = new DagSlot(null);
            all[layer].Add(passing);
            Link(at, passing);
            at = passing;
        }

        Link(at, to);
    }

    private static void Link(DagSlot above, DagSlot below)
    {
        above.Below.Add(below);
        below.Above.Add(above);
    }

    /// <summary>A slot goes where the slots that it hangs on are, in the middle of them; one that hangs on none stays.</summary>
    private static void Sort(
        IEnumerable<List<DagSlot>> layers,
        Func<DagSlot, List<DagSlot>> fixedSide,
        List<List<DagSlot>> all
    )
    {
        var places = all.SelectMany(layer => layer.Index()).ToDictionary(pair => pair.Item, pair => (double)pair.Index);
        foreach (var layer in layers)
        {
            var sorted = layer
                .OrderBy(slot => fixedSide(slot) is [] ? places[slot] : fixedSide(slot).Average(other => places[other]))
                .ToList();
            layer.Clear();
            layer.AddRange(sorted);
            foreach (var (place, slot) in layer.Index())
            {
                places[slot] = place;
            }
        }
    }
}
