using System.Runtime.CompilerServices;

namespace Braid.Storage.Trees;

/// <summary>
/// Walks a tree in the order of whole paths. Directories sort under their names with '/', so depth first is that order,
/// and what starts with a prefix, or comes after a path, is found by one descent.
/// </summary>
internal sealed class TreeWalk(NodeStore nodes, TreeReader reader)
{
    public async IAsyncEnumerable<TreeEntry> WalkAsync(
        TreeRoot root,
        string prefix,
        string? after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var range = new WalkRange(prefix, after);
        var top = await reader.RootAsync(root, ct);
        if (range.Contains(top.Path))
        {
            yield return top;
        }

        await foreach (var entry in BelowAsync(top, range, ct))
        {
            yield return entry;
        }
    }

    private async IAsyncEnumerable<TreeEntry> BelowAsync(
        TreeEntry top,
        WalkRange range,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var open = new Stack<(string Path, NodeCursor Cursor)>();
        await OpenAsync(open, top, range, ct);
        while (open.TryPeek(out var directory))
        {
            if (directory.Cursor.IsAtEnd)
            {
                open.Pop();
                continue;
            }

            var entry = directory.Cursor.Current.Below(directory.Path);
            if (range.IsPast(entry.Path))
            {
                yield break;
            }

            await directory.Cursor.NextAsync(ct);
            if (range.Contains(entry.Path))
            {
                yield return entry;
            }

            if (entry.Kind == EntryKind.Directory && range.MayBeBelow(entry.Path))
            {
                await OpenAsync(open, entry, range, ct);
            }
        }
    }

    private async ValueTask OpenAsync(
        Stack<(string, NodeCursor)> open,
        TreeEntry directory,
        WalkRange range,
        CancellationToken ct
    )
    {
        if (directory.Files == 0)
        {
            return;
        }

        var cursor = new NodeCursor(nodes);
        open.Push((directory.Path, cursor));
        if (range.FirstKeyIn(directory.Path) is { Length: > 0 } key)
        {
            await cursor.SeekAsync(directory.ContentHash, key, ct);
        }
        else
        {
            await cursor.StartAtLeafAsync(directory.ContentHash, ct);
        }
    }
}
