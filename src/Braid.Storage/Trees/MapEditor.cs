using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>An edit of one directory's map: the entry to be under a key, or null for none.</summary>
internal readonly record struct MapEdit(ReadOnlyMemory<byte> Key, NodeEntry? Entry);

/// <summary>
/// Edits one directory. Level by level, from the lowest: nodes that an edit touches are made anew, and nodes after them
/// until an end falls on an old end; what that did to the nodes is the list of edits for the level above.
/// </summary>
internal sealed class MapEditor(NodeStore nodes)
{
    /// <summary>The directory's new root, or null when nothing is left in it.</summary>
    /// <param name="root">The old root; null for an empty directory.</param>
    /// <param name="edits">In key order, each key once.</param>
    public async Task<NodeEntry?> ApplyAsync(Sha256Hash? root, List<MapEdit> edits, CancellationToken ct)
    {
        if (root is not { } old)
        {
            return await BuildAsync(edits, 0, ct);
        }

        var top = await nodes.LoadAsync(old, ct);
        for (var level = 0; level <= top.Level && edits.Count > 0; level++)
        {
            edits = await EditLevelAsync(old, level, edits, ct);
        }

        return edits.Count == 0
            ? top.Summary(old, top[^1].Key, NodeEntryKind.Node)
            : await LowerAsync(await BuildAsync(edits, top.Level + 1, ct), ct);
    }

    // The old level's only node was made anew: the entries put are the whole level.
    private async ValueTask<NodeEntry?> BuildAsync(List<MapEdit> edits, int level, CancellationToken ct)
    {
        var puts = edits.Where(edit => edit.Entry is not null).ToList();
        if (level > 0 && puts is [var only])
        {
            return only.Entry;
        }

        var writer = new MapWriter(nodes, level);
        foreach (var put in puts)
        {
            await writer.AddAsync(put.Entry.GetValueOrDefault(), ct);
        }

        return await writer.FinishAsync(ct);
    }

    // A root that has a single node below it is replaced by that node.
    private async ValueTask<NodeEntry?> LowerAsync(NodeEntry? root, CancellationToken ct)
    {
        while (root is { } entry && await nodes.LoadAsync(entry.Hash, ct) is { Level: > 0, Count: 1 } node)
        {
            root = node[0];
        }

        return root;
    }

    private async ValueTask<List<MapEdit>> EditLevelAsync(
        Sha256Hash root,
        int level,
        List<MapEdit> edits,
        CancellationToken ct
    )
    {
        var above = new SortedDictionary<ReadOnlyMemory<byte>, NodeEntry?>(KeyOrder.Instance);
        var cursor = new LevelCursor(nodes, root, level);
        for (var next = 0; next < edits.Count; )
        {
            await cursor.SeekAsync(edits[next].Key, ct);
            next = await RewriteAsync(cursor, level, edits, next, above, ct);
        }

        return [.. above.Select(edit => new MapEdit(edit.Key, edit.Value))];
    }

    // Makes nodes anew from the cursor on until a new end meets an old one; returns the first edit that was not reached.
    private async ValueTask<int> RewriteAsync(
        LevelCursor cursor,
        int level,
        List<MapEdit> edits,
        int next,
        SortedDictionary<ReadOnlyMemory<byte>, NodeEntry?> above,
        CancellationToken ct
    )
    {
        var writer = new LevelWriter(nodes, level);
        do
        {
            var node = cursor.Current;
            above.TryAdd(node[^1].Key, null);
            var end = cursor.IsLast ? edits.Count : EndOf(edits, next, node[^1].Key);
            foreach (var entry in Merge(node, edits[next..end]))
            {
                Put(above, await writer.AddAsync(entry, ct));
            }

            next = end;
        } while (!writer.IsAtBoundary && await cursor.MoveNextAsync(ct));

        Put(above, await writer.FinishAsync(ct));
        return next;
    }

    private static void Put(SortedDictionary<ReadOnlyMemory<byte>, NodeEntry?> above, NodeEntry? made)
    {
        if (made is { } node)
        {
            above[node.Key] = node;
        }
    }

    private static int EndOf(List<MapEdit> edits, int from, ReadOnlyMemory<byte> lastKey)
    {
        while (from < edits.Count && KeyOrder.Compare(edits[from].Key, lastKey) <= 0)
        {
            from++;
        }

        return from;
    }

    private static IEnumerable<NodeEntry> Merge(TreeNode node, List<MapEdit> edits)
    {
        var at = 0;
        foreach (var edit in edits)
        {
            for (; at < node.Count && KeyOrder.Compare(node[at].Key, edit.Key) < 0; at++)
            {
                yield return node[at];
            }

            if (at < node.Count && KeyOrder.Compare(node[at].Key, edit.Key) == 0)
            {
                at++;
            }

            if (edit.Entry is { } put)
            {
                yield return put;
            }
        }

        for (; at < node.Count; at++)
        {
            yield return node[at];
        }
    }
}
