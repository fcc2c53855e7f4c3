using System.Runtime.CompilerServices;

namespace Braid.Storage.Trees;

/// <summary>
/// Walks a directory from its last path to its first: what is in a directory, last first, then the directory itself. What
/// comes before a path is found by one descent.
/// </summary>
internal sealed class TreeWalkBack(NodeStore nodes, TreeReader reader)
{
    public async IAsyncEnumerable<TreeEntry> WalkAsync(
        TreeRoot root,
        string path,
        string? before,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var end = before is null ? null : TreePath.Bytes(before);
        if (await reader.FindDirectoryAsync(root, path, ct) is not { } top || !IsBefore(top, end))
        {
            yield break;
        }

        var open = new Stack<(TreeEntry Directory, NodeCursor Cursor)>();
        open.Push((top, await OpenAsync(top, end, ct)));
        while (open.TryPeek(out var last))
        {
            if (last.Cursor.IsAtEnd)
            {
                open.Pop();
                yield return last.Directory;
                continue;
            }

            var entry = last.Cursor.Current.Below(last.Directory.Path);
            await last.Cursor.NextAsync(ct);
            if (!IsBefore(entry, end))
            {
                continue;
            }

            if (entry.Kind == EntryKind.Directory)
            {
                open.Push((entry, await OpenAsync(entry, end, ct)));
            }
            else
            {
                yield return entry;
            }
        }
    }

    /// <summary>What is in a directory comes after it, so one that is not before the end holds nothing that is.</summary>
    private static bool IsBefore(TreeEntry entry, byte[]? end) =>
        end is null || TreePath.Bytes(entry.Path).AsSpan().SequenceCompareTo(end) < 0;

    private async ValueTask<NodeCursor> OpenAsync(TreeEntry directory, byte[]? end, CancellationToken ct)
    {
        var cursor = new NodeCursor(nodes, reverse: true);
        if (directory.Files == 0)
        {
            return cursor;
        }

        var path = TreePath.Bytes(directory.Path);
        if (end is not null && end.AsSpan().StartsWith(path))
        {
            await cursor.SeekAsync(directory.ContentHash, FirstSegment(end.AsMemory(path.Length)), ct);
        }
        else
        {
            await cursor.StartAtLeafAsync(directory.ContentHash, ct);
        }

        return cursor;
    }

    private static ReadOnlyMemory<byte> FirstSegment(ReadOnlyMemory<byte> rest)
    {
        var slash = rest.Span.IndexOf((byte)'/');
        return slash < 0 ? rest : rest[..(slash + 1)];
    }
}
