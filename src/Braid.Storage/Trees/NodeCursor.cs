using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// Goes over one directory in key order, forward or backward. It stands on an entry of some node: on level 0 a file or
/// directory; on a higher level a node, which can be entered or passed by unread.
/// </summary>
internal sealed class NodeCursor(NodeStore nodes, bool reverse = false)
{
    private readonly Stack<(TreeNode Node, int Index)> path = new();

    public bool IsAtEnd => path.Count == 0;

    public int Level => path.Peek().Node.Level;

    public NodeEntry Current
    {
        get
        {
            var (node, index) = path.Peek();
            return node[index];
        }
    }

    /// <summary>Stands on the root node's first entry.</summary>
    public async ValueTask StartAsync(Sha256Hash root, CancellationToken ct)
    {
        path.Clear();
        Enter(await nodes.LoadAsync(root, ct));
    }

    /// <summary>Stands on the first file or directory, in the cursor's direction.</summary>
    public async ValueTask StartAtLeafAsync(Sha256Hash root, CancellationToken ct)
    {
        await StartAsync(root, ct);
        await ToLeafAsync(ct);
    }

    /// <summary>
    /// Stands on the first file or directory whose key is not before this one in the cursor's direction: the least that is
    /// not less, or, backward, the greatest that is not greater.
    /// </summary>
    public async ValueTask SeekAsync(Sha256Hash root, ReadOnlyMemory<byte> key, CancellationToken ct)
    {
        path.Clear();
        var node = await nodes.LoadAsync(root, ct);
        for (; node.Level > 0; node = await nodes.LoadAsync(Current.Hash, ct))
        {
            path.Push((node, Math.Min(node.LowerBound(key.Span), node.Count - 1)));
        }

        var index = node.LowerBound(key.Span);
        var isFound = index < node.Count && node[index].Key.Span.SequenceEqual(key.Span);
        path.Push((node, reverse && !isFound ? index - 1 : index));
        LeaveFinished();
        await ToLeafAsync(ct);
    }

    /// <summary>Enters the node that the cursor stands on.</summary>
    public async ValueTask EnterAsync(CancellationToken ct) => Enter(await nodes.LoadAsync(Current.Hash, ct));

    /// <summary>Goes on behind the current entry, whatever it holds; leaves nodes that are finished.</summary>
    public void Pass()
    {
        var (node, index) = path.Pop();
        path.Push((node, index + Step));
        LeaveFinished();
    }

    /// <summary>Goes to the next file or directory.</summary>
    public ValueTask NextAsync(CancellationToken ct)
    {
        Pass();
        return ToLeafAsync(ct);
    }

    private int Step => reverse ? -1 : 1;

    private void Enter(TreeNode node) => path.Push((node, reverse ? node.Count - 1 : 0));

    private async ValueTask ToLeafAsync(CancellationToken ct)
    {
        while (!IsAtEnd && Level > 0)
        {
            await EnterAsync(ct);
        }
    }

    private void LeaveFinished()
    {
        while (path.TryPeek(out var top) && (uint)top.Index >= (uint)top.Node.Count)
        {
            path.Pop();
            if (path.TryPop(out var parent))
            {
                path.Push((parent.Node, parent.Index + Step));
            }
        }
    }
}
