using System.Runtime.CompilerServices;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Walking;

/// <summary>A step of a search for a path.</summary>
/// <param name="IsFound">True: this commit changed the path. False: the search ended at this commit.</param>
/// <param name="Searched">Commits looked at so far, this one counted when the search ended at it.</param>
public sealed record PathSearchStep(CommitName Commit, BranchName Branch, bool IsFound, long Searched);

/// <summary>
/// Compares what a path held in each commit of a line with what it held in the commit before. A tree has a hash at every
/// directory, so a look costs the path's depth, and commits with equal roots cost nothing.
/// </summary>
internal sealed class PathSearch(Database database, ContentStore content)
{
    public async Task<Result<IAsyncEnumerable<PathSearchStep>>> StartAsync(
        RepoName repo,
        CommitSpec start,
        string path,
        long limit,
        CancellationToken ct
    )
    {
        var found = await database.ReadAsync(db => CommitResolver.ResolveAsync(db, repo, start), ct);
        if (!found.TryGet(out var newest, out var error))
        {
            return error;
        }

        return newest.IsFinished
            ? Result.Ok(SearchAsync(newest, FilePath.Stored(path), limit, ct))
            : Errors.CommitOpen(newest.FullName);
    }

    private async IAsyncEnumerable<PathSearchStep> SearchAsync(
        CommitRow newest,
        string path,
        long limit,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (found, searched) = (0L, 0L);
        var next = await LookAsync(newest, path, ct);
        await foreach (var (commit, parent) in PairsAsync(newest, ct))
        {
            searched++;
            var now = next;
            next =
                parent is null ? new(TreeRoot.Empty, null)
                : parent.Tree == now.Root ? now
                : await LookAsync(parent, path, ct);
            var isFound = !now.HasContentOf(next);
            if (isFound)
            {
                yield return Step(commit, isFound, searched);
            }

            if (parent is null || (isFound && ++found == limit))
            {
                yield return Step(commit, isFound: false, searched);
                yield break;
            }
        }
    }

    private static PathSearchStep Step(CommitRow commit, bool isFound, long searched) =>
        new(commit.FullName, new(commit.RepoName, commit.Branch), isFound, searched);

    private async Task<Look> LookAsync(CommitRow commit, string path, CancellationToken ct) =>
        new(commit.Tree, await content.FindAsync(commit.Tree, path, ct));

    /// <summary>Each commit of the line with its parent; null for the oldest.</summary>
    private async IAsyncEnumerable<(CommitRow Commit, CommitRow? Parent)> PairsAsync(
        CommitRow newest,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        CommitRow? last = null;
        await foreach (var page in new CommitLine(database).NewestFirstAsync(newest, downTo: 0, ct))
        {
            foreach (var commit in page)
            {
                if (last is not null)
                {
                    yield return (last, commit);
                }

                last = commit;
            }
        }

        if (last is not null)
        {
            yield return (last, null);
        }
    }

    /// <summary>What the path held in a tree.</summary>
    private sealed record Look(TreeRoot Root, TreeEntry? Entry)
    {
        public bool HasContentOf(Look other) =>
            Entry is null || other.Entry is null
                ? Entry is null == other.Entry is null
                : Entry.HasContentOf(other.Entry);
    }
}
