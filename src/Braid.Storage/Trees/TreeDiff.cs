using System.Runtime.CompilerServices;
using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// Compares two trees. Nodes and directories with equal hashes are passed by unread, so the cost follows the change.
/// </summary>
internal sealed class TreeDiff(NodeStore nodes, TreeReader reader)
{
    public async IAsyncEnumerable<TreeChange> DiffAsync(
        TreeRoot old,
        TreeRoot now,
        string path,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var before = await reader.FindAsync(old, path, ct);
        var after = await reader.FindAsync(now, path, ct);
        foreach (var pair in Pair(before, after))
        {
            await foreach (var change in ExpandAsync(pair, ct))
            {
                yield return change;
            }
        }
    }

    // A file that became a directory, or the other way round, is two differences; the file sorts first.
    private static TreeChange[] Pair(TreeEntry? old, TreeEntry? now) =>
        old is null || now is null || old.Kind == now.Kind ? [new(old, now)]
        : old.Kind == EntryKind.File ? [new(old, null), new(null, now)]
        : [new(null, now), new(old, null)];

    // A difference of two entries of one path, and, of directories, all that it consists of.
    private async IAsyncEnumerable<TreeChange> ExpandAsync(
        TreeChange pair,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var open = new Stack<IAsyncEnumerator<TreeChange>>();
        try
        {
            open.Push(new[] { pair }.ToAsyncEnumerable().GetAsyncEnumerator(ct));
            while (open.TryPeek(out var changes))
            {
                if (!await changes.MoveNextAsync())
                {
                    await open.Pop().DisposeAsync();
                    continue;
                }

                var change = changes.Current;
                if (IsDifference(change))
                {
                    yield return change;
                    if (change.Kind == EntryKind.Directory)
                    {
                        open.Push(BelowAsync(change, ct).GetAsyncEnumerator(ct));
                    }
                }
            }
        }
        finally
        {
            while (open.TryPop(out var left))
            {
                await left.DisposeAsync();
            }
        }
    }

    // An empty root is no directory that could have been added or removed: it has no content to tell of.
    private static bool IsDifference(TreeChange change) =>
        (change.Old, change.New) switch
        {
            (null, null) => false,
            ({ } old, { } now) => !old.HasContentOf(now),
            _ => true,
        };

    // One level down: children that differ.
    private async IAsyncEnumerable<TreeChange> BelowAsync(
        TreeChange directory,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var old = await OpenAsync(directory.Old, ct);
        var now = await OpenAsync(directory.New, ct);
        while (!old.IsAtEnd || !now.IsAtEnd)
        {
            if (!PassEqual(old, now) && await StepAsync(directory.Path, old, now, ct) is { } change)
            {
                yield return change;
            }
        }
    }

    private async ValueTask<NodeCursor> OpenAsync(TreeEntry? directory, CancellationToken ct)
    {
        var cursor = new NodeCursor(nodes);
        if (directory is { Files: > 0 })
        {
            await cursor.StartAsync(directory.ContentHash, ct);
        }

        return cursor;
    }

    // Passes what both cursors stand on while that is the same, be it children or nodes; false when the first is not.
    private static bool PassEqual(NodeCursor old, NodeCursor now)
    {
        var passed = false;
        while (!old.IsAtEnd && !now.IsAtEnd && old.Level == now.Level && old.Current.IsSameAs(now.Current))
        {
            old.Pass();
            now.Pass();
            passed = true;
        }

        return passed;
    }

    // Passes or enters nodes until both cursors stand on children, then compares those.
    private static async ValueTask<TreeChange?> StepAsync(
        string directory,
        NodeCursor old,
        NodeCursor now,
        CancellationToken ct
    )
    {
        var oldLevel = old.IsAtEnd ? 0 : old.Level;
        var nowLevel = now.IsAtEnd ? 0 : now.Level;
        if (oldLevel == 0 && nowLevel == 0)
        {
            return Compare(directory, old, now);
        }

        if (oldLevel >= nowLevel)
        {
            await old.EnterAsync(ct);
        }

        if (nowLevel >= oldLevel)
        {
            await now.EnterAsync(ct);
        }

        return null;
    }

    // The difference where both cursors stand, which is one: what is the same was passed.
    private static TreeChange Compare(string directory, NodeCursor old, NodeCursor now)
    {
        var order =
            old.IsAtEnd ? 1
            : now.IsAtEnd ? -1
            : KeyOrder.Compare(old.Current.Key, now.Current.Key);
        var change = new TreeChange(
            order <= 0 ? old.Current.Below(directory) : null,
            order >= 0 ? now.Current.Below(directory) : null
        );
        if (order <= 0)
        {
            old.Pass();
        }

        if (order >= 0)
        {
            now.Pass();
        }

        return change;
    }
}
