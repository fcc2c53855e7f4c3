using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// Unites trees directory by directory. What only one of them holds is taken over unread; trees are united in groups, so
/// that any number of them needs bounded memory.
/// </summary>
internal sealed class TreeMerger(NodeStore nodes)
{
    private const int groupSize = 64;

    public async Task<Result<TreeRoot>> MergeAsync(IReadOnlyList<TreeRoot> trees, CancellationToken ct)
    {
        var left = trees.Where(tree => !tree.IsEmpty).Select(tree => tree.Hash).ToList();
        while (left.Count > 1)
        {
            var united = new List<Sha256Hash>();
            foreach (var group in left.Chunk(groupSize))
            {
                if (!(await MergeAsync("/", group, ct)).TryGet(out var root, out var error))
                {
                    return error;
                }

                united.Add(root.Hash);
            }

            left = united;
        }

        return left is [var one] ? new TreeRoot(one) : TreeRoot.Empty;
    }

    // The root of the union of one directory in several trees, none of them empty.
    private async Task<Result<NodeEntry>> MergeAsync(string path, IReadOnlyList<Sha256Hash> roots, CancellationToken ct)
    {
        var cursors = await OpenAsync(roots.Distinct(), ct);
        var writer = new MapWriter(nodes);
        var files = new Stack<ReadOnlyMemory<byte>>();
        while (cursors.Count > 0)
        {
            var same = await TakeFirstAsync(cursors, ct);
            if (!(await UniteAsync(path, same, files, ct)).TryGet(out var entry, out var error))
            {
                return error;
            }

            await writer.AddAsync(entry, ct);
        }

        return (await writer.FinishAsync(ct)).GetValueOrDefault();
    }

    private async ValueTask<PriorityQueue<NodeCursor, ReadOnlyMemory<byte>>> OpenAsync(
        IEnumerable<Sha256Hash> roots,
        CancellationToken ct
    )
    {
        var cursors = new PriorityQueue<NodeCursor, ReadOnlyMemory<byte>>(KeyOrder.Instance);
        foreach (var root in roots)
        {
            var cursor = new NodeCursor(nodes);
            await cursor.StartAtLeafAsync(root, ct);
            cursors.Enqueue(cursor, cursor.Current.Key);
        }

        return cursors;
    }

    // The entries under the least key, one of each tree that has it; their cursors go on.
    private static async ValueTask<List<NodeEntry>> TakeFirstAsync(
        PriorityQueue<NodeCursor, ReadOnlyMemory<byte>> cursors,
        CancellationToken ct
    )
    {
        var same = new List<NodeEntry>();
        while (
            cursors.TryPeek(out var cursor, out var key) && (same.Count == 0 || KeyOrder.Compare(key, same[0].Key) == 0)
        )
        {
            same.Add(cursor.Current);
            await cursor.NextAsync(ct);
            cursors.Dequeue();
            if (!cursor.IsAtEnd)
            {
                cursors.Enqueue(cursor, cursor.Current.Key);
            }
        }

        return same;
    }

    private async ValueTask<Result<NodeEntry>> UniteAsync(
        string path,
        List<NodeEntry> same,
        Stack<ReadOnlyMemory<byte>> files,
        CancellationToken ct
    )
    {
        var first = same[0];
        if (IsFileToo(first, files))
        {
            return Errors.Collision(path + TreePath.Text(first.Key[..^1]));
        }

        if (same.TrueForAll(other => other.HasContentOf(first)))
        {
            return first;
        }

        if (first.Kind == NodeEntryKind.File)
        {
            return Errors.Collision(path + TreePath.Text(first.Key));
        }

        var united = await MergeAsync(path + TreePath.Text(first.Key), [.. same.Select(entry => entry.Hash)], ct);
        return united.Select(root => root with { Key = first.Key, Kind = NodeEntryKind.Directory });
    }

    // "a" and the directory "a/" have other keys between them, all of which start with "a": so the files that are still a
    // prefix of the current key are enough to know.
    private static bool IsFileToo(in NodeEntry entry, Stack<ReadOnlyMemory<byte>> files)
    {
        while (files.TryPeek(out var file) && !entry.Key.Span.StartsWith(file.Span))
        {
            files.Pop();
        }

        if (entry.Kind == NodeEntryKind.Directory)
        {
            return files.TryPeek(out var file) && file.Length == entry.Key.Length - 1;
        }

        files.Push(entry.Key);
        return false;
    }
}
