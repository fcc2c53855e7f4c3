using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// Goes over one directory in key order, forward or backward. It stands on an entry of some node: on level 0 a file or
/// directory; on a higher level a node, which can be entered or passed by unread.
/// </summary>
internal sealed class NodeCursor(NodeStore nodes, bool reverse = false)
{
    /// <summary>The nodes above the one it is in, each with the entry that was entered.</summary>
    private readonly Stack<(TreeNode Node, int Index)> above = new();
    private TreeNode? node;
    private int index;

    public bool IsAtEnd => node is null;

    public int Level => Node.Level;

    public ref readonly NodeEntry Current => ref Node[index];

    private TreeNode Node => node ?? throw new InvalidOperationException("the cursor is at the end");

    private int Step => reverse ? -1 : 1;

    /// <summary>Stands on the root node's first entry.</summary>
    public async ValueTask StartAsync(Sha256Hash root, CancellationToken ct)
    {
        above.Clear();
        Stand(await nodes.LoadAsync(root, ct));
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
        above.Clear();
        var next = await nodes.LoadAsync(root, ct);
        while (next.Level > 0)
        {
            var entered = Math.Min(next.LowerBound(key.Span), next.Count - 1);
            above.Push((next, entered));
            next = await nodes.LoadAsync(next[entered].Hash, ct);
        }

        var bound = next.LowerBound(key.Span);
        var isFound = bound < next.Count && next[bound].Key.Span.SequenceEqual(key.Span);
        (node, index) = (next, reverse && !isFound ? bound - 1 : bound);
        LeaveFinished();
        await ToLeafAsync(ct);
    }

    /// <summary>Enters the node that the cursor stands on.</summary>
    public async ValueTask EnterAsync(CancellationToken ct)
    {
        var below = await nodes.LoadAsync(Current.Hash, ct);
        above.Push((Node, index));
        Stand(below);
    }

    /// <summary>Goes on behind the current entry, whatever it holds; leaves nodes that are finished.</summary>
    public void Pass()
    {
        index += Step;
        LeaveFinished();
    }

    /// <summary>Goes to the next file or directory.</summary>
    public ValueTask NextAsync(CancellationToken ct)
    {
        Pass();
        return IsAtEnd || Level == 0 ? default : ToLeafAsync(ct);
    }

    private void Stand(TreeNode on) => (node, index) = (on, reverse ? on.Count - 1 : 0);

    private async ValueTask ToLeafAsync(CancellationToken ct)
    {
        while (!IsAtEnd && Level > 0)
        {
            await EnterAsync(ct);
        }
    }

    private void LeaveFinished()
    {
        while (node is { } finished && (uint)index >= (uint)finished.Count)
        {
            var isBelow = above.TryPop(out var parent);
            (node, index) = isBelow ? (parent.Node, parent.Index + Step) : (null, 0);
        }
    }
}
