using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Trees;

/// <summary>Reads and stores nodes, keeping those read last in memory.</summary>
/// <param name="cacheBytes">Memory that those may take.</param>
internal sealed class NodeStore(PackStore chunks, long cacheBytes = NodeStore.UsualCache)
{
    public const long UsualCache = 48 * 1024 * 1024;

    private readonly NodeCache cache = new(cacheBytes);
    private long reads;

    /// <summary>Nodes read from packs so far: those that were not in memory.</summary>
    public long Reads => Interlocked.Read(ref reads);

    /// <summary>Memory that the nodes kept take.</summary>
    public long HeldBytes => cache.HeldBytes;

    public ValueTask<TreeNode> LoadAsync(Sha256Hash hash, CancellationToken ct) =>
        cache.Find(hash) is { } node ? new(node) : ReadAsync(hash, ct);

    /// <summary>As <see cref="LoadAsync"/>, for who reads all nodes once: what is in memory stays there.</summary>
    public async ValueTask<TreeNode> PeekAsync(Sha256Hash hash, CancellationToken ct)
    {
        if (cache.Find(hash) is { } known)
        {
            return known;
        }

        using var bytes = await chunks.ReadAsync(hash, ct);
        return TreeNode.Decode(bytes.Span.ToArray());
    }

    /// <summary>Stores a node and returns the entry for it one level higher.</summary>
    public async ValueTask<NodeEntry> StoreAsync(int level, IReadOnlyList<NodeEntry> entries, CancellationToken ct)
    {
        var bytes = TreeNode.Encode(level, entries);
        var hash = await chunks.PutAsync(bytes, ct);
        var node = TreeNode.Decode(bytes);
        cache.Add(hash, node);
        return node.Summary(hash, entries[^1].Key, NodeEntryKind.Node);
    }

    private async ValueTask<TreeNode> ReadAsync(Sha256Hash hash, CancellationToken ct)
    {
        Interlocked.Increment(ref reads);
        using var bytes = await chunks.ReadAsync(hash, ct);
        var node = TreeNode.Decode(bytes.Span.ToArray());
        cache.Add(hash, node);
        return node;
    }
}
