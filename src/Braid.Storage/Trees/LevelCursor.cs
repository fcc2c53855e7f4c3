using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>Goes over the nodes of one level of a directory, from any key on.</summary>
internal sealed class LevelCursor(NodeStore nodes, Sha256Hash root, int level)
{
    private readonly Stack<(TreeNode Node, int Index)> path = new();
    private TreeNode? current;

    public TreeNode Current => current ?? throw new InvalidOperationException("seek first");

    /// <summary>No node of the level follows.</summary>
    public bool IsLast => path.All(step => step.Index + 1 == step.Node.Count);

    /// <summary>Goes to the node that holds the key or would hold it: the last one for a key after all.</summary>
    public async ValueTask SeekAsync(ReadOnlyMemory<byte> key, CancellationToken ct)
    {
        path.Clear();
        current = await nodes.LoadAsync(root, ct);
        while (current.Level > level)
        {
            var index = Math.Min(current.LowerBound(key.Span), current.Count - 1);
            await DescendAsync(current, index, ct);
        }
    }

    /// <summary>Goes to the next node; false at the last one.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken ct)
    {
        while (path.TryPop(out var top))
        {
            if (top.Index + 1 < top.Node.Count)
            {
                await DescendAsync(top.Node, top.Index + 1, ct);
                while (Current.Level > level)
                {
                    await DescendAsync(Current, 0, ct);
                }

                return true;
            }
        }

        return false;
    }

    private async ValueTask DescendAsync(TreeNode node, int index, CancellationToken ct)
    {
        path.Push((node, index));
        current = await nodes.LoadAsync(node[index].Hash, ct);
    }
}
