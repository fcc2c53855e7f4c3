using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Trees;

namespace Braid.Storage.Sweeping;

/// <summary>What a node or a list refers to.</summary>
internal sealed class RefReader(PackStore chunks, NodeStore nodes)
{
    /// <summary>The references in a chunk, in their order; data has none and is not read.</summary>
    /// <exception cref="CorruptionException">The chunk is missing or is not what it should be.</exception>
    public async ValueTask<IReadOnlyList<ContentRef>> ReadAsync(ContentRef from, CancellationToken ct) =>
        from.Kind switch
        {
            RefKind.Node => OfNode(await nodes.PeekAsync(from.Hash, ct)),
            RefKind.List => OfList(from.Depth, await ChunkList.LoadAsync(chunks, from.Depth, from.Hash, ct)),
            _ => [],
        };

    private static ContentRef[] OfNode(TreeNode node)
    {
        var refs = new List<ContentRef>(node.Count);
        for (var i = 0; i < node.Count; i++)
        {
            ref readonly var entry = ref node[i];
            if (entry.Kind != NodeEntryKind.File)
            {
                refs.Add(new(entry.Hash, RefKind.Node, 0));
            }
            else if (entry.Size > 0)
            {
                refs.Add(ContentRef.OfFile(entry.Hash, entry.Depth));
            }
        }

        return [.. refs];
    }

    private static ContentRef[] OfList(int depth, ChunkRef[] entries) =>
        Array.ConvertAll(entries, entry => ContentRef.OfFile(entry.Hash, depth - 1));
}
