using System.Runtime.CompilerServices;
using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>Finds and lists.</summary>
internal sealed class TreeReader(NodeStore nodes)
{
    public async Task<TreeEntry?> FindAsync(TreeRoot root, string path, CancellationToken ct)
    {
        if (!TreePath.Split(path).TryGet(out var segments, out _))
        {
            return null;
        }

        var directory = await RootAsync(root, ct);
        for (var i = 0; i < segments.Length - 1 && directory is not null; i++)
        {
            directory = await ChildDirectoryAsync(directory, segments[i], ct);
        }

        return directory is null || segments.Length == 0 ? directory
            : path.EndsWith('/') ? await ChildDirectoryAsync(directory, segments[^1], ct)
            : await ChildFileAsync(directory, segments[^1], ct)
                ?? await ChildDirectoryAsync(directory, segments[^1], ct);
    }

    /// <summary>The directory at the path, or null.</summary>
    public async Task<TreeEntry?> FindDirectoryAsync(TreeRoot root, string path, CancellationToken ct) =>
        await FindAsync(root, path.EndsWith('/') ? path : path + "/", ct);

    /// <summary>The tree as the directory <c>/</c>.</summary>
    public async ValueTask<TreeEntry> RootAsync(TreeRoot root, CancellationToken ct)
    {
        var stats = await StatsAsync(root, ct);
        return new("/", EntryKind.Directory, stats.Size, stats.Files, root.Hash, null);
    }

    public async ValueTask<TreeStats> StatsAsync(TreeRoot root, CancellationToken ct)
    {
        if (root.IsEmpty)
        {
            return default;
        }

        var sum = (await nodes.LoadAsync(root.Hash, ct)).Summary(root.Hash, default, NodeEntryKind.Directory);
        return new(sum.Files, sum.Size);
    }

    public async IAsyncEnumerable<TreeEntry> ListAsync(
        TreeRoot root,
        string path,
        ListOptions options,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (await FindDirectoryAsync(root, path, ct) is not { Files: > 0 } directory)
        {
            yield break;
        }

        var range = ListRange.Of(options);
        var cursor = new NodeCursor(nodes, options.Reverse);
        await range.SeekAsync(cursor, directory.ContentHash, ct);
        while (!cursor.IsAtEnd && !range.IsPast(cursor.Current.Key.Span))
        {
            if (range.Contains(cursor.Current.Key.Span))
            {
                yield return cursor.Current.Below(directory.Path);
            }

            await cursor.NextAsync(ct);
        }
    }

    /// <summary>The entry with exactly this key in a directory.</summary>
    public async ValueTask<NodeEntry?> LookUpAsync(Sha256Hash directory, ReadOnlyMemory<byte> key, CancellationToken ct)
    {
        var node = await nodes.LoadAsync(directory, ct);
        while (true)
        {
            var index = node.LowerBound(key.Span);
            if (index == node.Count)
            {
                return null;
            }

            var entry = node[index];
            if (node.Level == 0)
            {
                return entry.Key.Span.SequenceEqual(key.Span) ? entry : null;
            }

            node = await nodes.LoadAsync(entry.Hash, ct);
        }
    }

    private Task<TreeEntry?> ChildFileAsync(TreeEntry directory, string name, CancellationToken ct) =>
        ChildAsync(directory, TreePath.FileKey(name), ct);

    private Task<TreeEntry?> ChildDirectoryAsync(TreeEntry directory, string name, CancellationToken ct) =>
        ChildAsync(directory, TreePath.DirectoryKey(name), ct);

    private async Task<TreeEntry?> ChildAsync(TreeEntry directory, ReadOnlyMemory<byte> key, CancellationToken ct) =>
        directory.Files == 0 ? null : (await LookUpAsync(directory.ContentHash, key, ct))?.Below(directory.Path);
}
