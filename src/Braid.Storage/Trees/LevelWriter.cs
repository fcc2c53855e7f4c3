namespace Braid.Storage.Trees;

/// <summary>Makes the nodes of one level out of its entries in key order.</summary>
internal sealed class LevelWriter(NodeStore nodes, int level)
{
    private readonly List<NodeEntry> entries = [];
    private int length;

    /// <summary>The next entry starts a node.</summary>
    public bool IsAtBoundary => entries.Count == 0;

    /// <summary>Adds an entry; when it ends a node, returns the entry for that node one level higher.</summary>
    public ValueTask<NodeEntry?> AddAsync(in NodeEntry entry, CancellationToken ct)
    {
        entries.Add(entry);
        length += TreeNode.EncodedLength(entry);
        return NodeBoundary.IsAfter(level, entries.Count, length, entry.Key.Span) ? StoreAsync(ct) : default;
    }

    /// <summary>Stores what is left as the level's last node; null when nothing is.</summary>
    public ValueTask<NodeEntry?> FinishAsync(CancellationToken ct) => IsAtBoundary ? default : StoreAsync(ct);

    private async ValueTask<NodeEntry?> StoreAsync(CancellationToken ct)
    {
        var stored = await nodes.StoreAsync(level, entries, ct);
        entries.Clear();
        length = 0;
        return stored;
    }
}
