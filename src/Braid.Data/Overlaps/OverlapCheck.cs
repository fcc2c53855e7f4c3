using System.Runtime.CompilerServices;
using Braid.Metadata;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Overlaps;

/// <summary>
/// Holds commits of repos with a role against the repos of the other roles, one after the other, oldest first:
/// 1 the files that the commit changed are looked up by content among the files of the others; 2 what the index says is
/// checked in the other's tree; 3 the index of the repo itself follows the head of its branch; 4 the report is written, and the
/// commit is done. Broken off anywhere, the next step begins anew with the same commit. The cost is that of the change.
/// </summary>
internal sealed class OverlapCheck(Database database, ContentStore store)
{
    /// <summary>Pairs that a report keeps.</summary>
    private const int mostPairs = 1000;

    private const int lookups = 500;
    private const int indexed = 2000;

    /// <summary>Checks one commit; false when none waits.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        // The index remembers the tree, whatever becomes of the commit.
        using var hold = store.Hold();
        if (await database.ReadAsync(OverlapTable.NextAsync, ct) is not { } check)
        {
            return false;
        }

        if (check.RepoId is not { } repoId || check.Role.Length == 0)
        {
            await database.WriteAsync(db => OverlapTable.ForgetAsync(db, check.CommitId), ct);
            return true;
        }

        var pairs = new List<OverlapRow>();
        var count = 0L;
        var old = check.Whole || check.ParentRoot is null ? TreeRoot.Empty : new TreeRoot(check.ParentRoot.Value);
        await foreach (var batch in ChangedAsync(old, new(check.Root), ct).Chunk(lookups).WithCancellation(ct))
        {
            await foreach (var pair in PairsAsync(check, batch, ct))
            {
                count++;
                if (pairs.Count < mostPairs)
                {
                    pairs.Add(pair);
                }
            }
        }

        // 3
        if (check.IsHead)
        {
            await IndexAsync(check, repoId, ct);
        }

        // 4
        if ((await hold.SealAsync(new TreeRoot(check.Root), ct)).Error is not null)
        {
            // The commit is gone, or its content is: the former is forgotten by then, the latter is not to be tried without pause.
            return false;
        }

        await database.WriteAsync(
            async db =>
            {
                if (check.IsHead)
                {
                    await OverlapTable.WriteTreeAsync(db, check);
                }

                await OverlapTable.WriteReportAsync(db, check.CommitId, count, pairs);
            },
            ct
        );
        return true;
    }

    /// <summary>Files that are new or other than before. Empty ones are all alike, and say nothing.</summary>
    private async IAsyncEnumerable<TreeEntry> ChangedAsync(
        TreeRoot old,
        TreeRoot now,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var change in store.DiffAsync(old, now, "/", ct))
        {
            if (change.New is { Kind: EntryKind.File, Size: > 0 } file)
            {
                yield return file;
            }
        }
    }

    // 1
    private async IAsyncEnumerable<OverlapRow> PairsAsync(
        CheckRow check,
        TreeEntry[] files,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var hashes = files.Select(file => file.ContentHash).Distinct().ToList();
        var others = (await database.ReadAsync(db => OverlapTable.SameContentAsync(db, check, hashes), ct)).ToLookup(
            other => other.Hash
        );
        foreach (var file in files)
        {
            foreach (var other in others[file.ContentHash])
            {
                // 2
                var found = await store.FindAsync(new(other.Root), other.Path, ct);
                if (found is not null && found.HasContentOf(file))
                {
                    yield return new()
                    {
                        Path = file.Path,
                        Size = file.Size,
                        OtherRepoId = other.RepoId,
                        OtherSet = other.SetId,
                        OtherPath = other.Path,
                    };
                }
            }
        }
    }

    private async Task IndexAsync(CheckRow check, long repoId, CancellationToken ct)
    {
        var old = check.IndexedRoot is { } root ? new TreeRoot(root) : TreeRoot.Empty;
        var files = store
            .DiffAsync(old, new(check.Root), "/", ct)
            .Where(change => change.Kind == EntryKind.File && change.New is not { Size: 0 });
        await foreach (var batch in files.Chunk(indexed).WithCancellation(ct))
        {
            await database.WriteAsync(db => OverlapTable.IndexAsync(db, repoId, batch), ct);
        }
    }
}
