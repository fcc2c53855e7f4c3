namespace Braid.Storage.Trees;

/// <summary>Makes a whole directory out of all its entries in key order, all levels at once.</summary>
internal sealed class MapWriter(NodeStore nodes, int lowest = 0)
{
    private readonly List<LevelWriter> levels = [new(nodes, lowest)];
    private NodeEntry? lastOfTop;
    private long nodesOfTop;

    public ValueTask AddAsync(in NodeEntry entry, CancellationToken ct) => AddAsync(0, entry, ct);

    /// <summary>The root node's entry, or null when nothing was added.</summary>
    public async ValueTask<NodeEntry?> FinishAsync(CancellationToken ct)
    {
        for (var i = 0; ; i++)
        {
            if (await levels[i].FinishAsync(ct) is { } node)
            {
                await AddNodeAsync(i, node, ct);
            }

            if (i == levels.Count - 1)
            {
                return lastOfTop;
            }
        }
    }

    private async ValueTask AddAsync(int index, NodeEntry entry, CancellationToken ct)
    {
        if (await levels[index].AddAsync(entry, ct) is { } node)
        {
            await AddNodeAsync(index, node, ct);
        }
    }

    // A level above comes into being with the second node, so a root never has a single node below it.
    private async ValueTask AddNodeAsync(int index, NodeEntry node, CancellationToken ct)
    {
        if (index < levels.Count - 1)
        {
            await AddAsync(index + 1, node, ct);
        }
        else if (++nodesOfTop == 1)
        {
            lastOfTop = node;
        }
        else
        {
            var first = lastOfTop;
            levels.Add(new(nodes, lowest + levels.Count));
            (lastOfTop, nodesOfTop) = (null, 0);
            await AddAsync(index + 1, first.GetValueOrDefault(), ct);
            await AddAsync(index + 1, node, ct);
        }
    }
}
