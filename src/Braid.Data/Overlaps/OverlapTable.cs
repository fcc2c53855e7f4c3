using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.Overlaps;

/// <summary>Rows of what is to be checked, of the files of repos with a role, and of what was found.</summary>
internal static class OverlapTable
{
    private const string indexedBranch = "master";

    /// <summary>Lets a finished commit be checked, if its repo has a role.</summary>
    public static async Task QueueAsync(DbWrite db, long commitId, bool whole = false)
    {
        var queued = await db.ExecuteAsync(
            """
            INSERT INTO overlap_check (commit_id, whole)
            SELECT c.id, @whole FROM data_commit c JOIN repo r ON r.id = c.repo_id
            WHERE c.id = @commitId AND r.role <> '' AND c.finished_at IS NOT NULL AND c.error = ''
            ON CONFLICT (commit_id) DO UPDATE SET whole = (overlap_check.whole OR excluded.whole)
            """,
            new { commitId, whole }
        );
        if (queued > 0)
        {
            db.Announce(Topics.Overlaps);
        }
    }

    public static async Task<bool> IsQueuedAsync(DbRead db, long commitId) =>
        await db.ScalarAsync<long>("SELECT count(*) FROM overlap_check WHERE commit_id = @commitId", new { commitId })
        > 0;

    public static Task<CheckRow?> NextAsync(DbRead db) =>
        db.FirstOrDefaultAsync<CheckRow>(
            """
            SELECT k.commit_id, k.whole, c.repo_id, r.project, r.role, c.root, p.root AS parent_root,
                   (b.id IS NOT NULL) AS is_head, t.root AS indexed_root
            FROM overlap_check k
            LEFT JOIN data_commit c ON c.id = k.commit_id
            LEFT JOIN repo r ON r.id = c.repo_id
            LEFT JOIN data_commit p ON p.id = c.parent_id
            LEFT JOIN branch b ON b.head_id = c.id AND b.repo_id = c.repo_id AND b.name = @indexedBranch
            LEFT JOIN role_tree t ON t.repo_id = c.repo_id
            ORDER BY k.commit_id LIMIT 1
            """,
            new { indexedBranch }
        );

    /// <summary>The files with these contents in repos of the project with another role.</summary>
    public static Task<IReadOnlyList<OtherFileRow>> SameContentAsync(
        DbRead db,
        CheckRow check,
        IReadOnlyList<Sha256Hash> hashes
    )
    {
        // The two stores agree on no form of a list but one parameter for each value.
        var args = hashes.Index().ToDictionary(hash => $"hash{hash.Index}", hash => (object)hash.Item.ToArray());
        args["project"] = check.Project;
        args["role"] = check.Role;
        return db.QueryAsync<OtherFileRow>(
            $"""
            SELECT f.hash, f.path, f.repo_id, c.set_id, t.root
            FROM role_file f
            JOIN repo r ON r.id = f.repo_id
            JOIN role_tree t ON t.repo_id = r.id
            JOIN data_commit c ON c.id = t.commit_id
            WHERE f.hash IN ({string.Join(", ", Enumerable.Range(0, hashes.Count).Select(index => $"@hash{index}"))})
              AND r.project = @project AND r.role <> '' AND r.role <> @role
            ORDER BY r.id, f.path
            """,
            args
        );
    }

    /// <summary>Takes what changed in a tree over into the files of its repo.</summary>
    public static async Task IndexAsync(DbWrite db, long repoId, IReadOnlyList<TreeChange> changes)
    {
        await db.ExecuteAsync(
            "DELETE FROM role_file WHERE repo_id = @repoId AND path = @Path",
            changes.Where(change => change.New is null).Select(change => new { repoId, change.Path })
        );
        await db.ExecuteAsync(
            """
            INSERT INTO role_file (repo_id, path, hash) VALUES (@repoId, @Path, @ContentHash)
            ON CONFLICT (repo_id, path) DO UPDATE SET hash = excluded.hash
            """,
            changes
                .Select(change => change.New)
                .OfType<TreeEntry>()
                .Select(file => new
                {
                    repoId,
                    file.Path,
                    file.ContentHash,
                })
        );
    }

    /// <summary>Says which tree the files of a repo are those of.</summary>
    public static Task WriteTreeAsync(DbWrite db, CheckRow check) =>
        db.ExecuteAsync(
            """
            INSERT INTO role_tree (repo_id, commit_id, root) VALUES (@RepoId, @CommitId, @Root)
            ON CONFLICT (repo_id) DO UPDATE SET commit_id = excluded.commit_id, root = excluded.root
            """,
            check
        );

    public static async Task WriteReportAsync(DbWrite db, long commitId, long count, IEnumerable<OverlapRow> pairs)
    {
        await ForgetAsync(db, commitId);
        await db.ExecuteAsync(
            "INSERT INTO overlap_report (commit_id, pairs) VALUES (@commitId, @count)",
            new { commitId, count }
        );
        await db.ExecuteAsync(
            """
            INSERT INTO overlap (commit_id, position, path, size, other_repo_id, other_set, other_path)
            VALUES (@commitId, @position, @Path, @Size, @OtherRepoId, @OtherSet, @OtherPath)
            """,
            pairs.Select(
                (pair, position) =>
                    new
                    {
                        commitId,
                        position = (long)position,
                        pair.Path,
                        pair.Size,
                        pair.OtherRepoId,
                        pair.OtherSet,
                        pair.OtherPath,
                    }
            )
        );
        db.Announce(Topics.Overlaps);
    }

    /// <summary>Removes a commit from what is to be checked, and what was found.</summary>
    public static Task ForgetAsync(DbWrite db, long commitId) =>
        db.ExecuteAsync(
            """
            DELETE FROM overlap_check WHERE commit_id = @commitId;
            DELETE FROM overlap WHERE commit_id = @commitId;
            DELETE FROM overlap_report WHERE commit_id = @commitId;
            """,
            new { commitId }
        );

    /// <summary>Removes what is known of a repo's files.</summary>
    public static Task ForgetRepoAsync(DbWrite db, long repoId) =>
        db.ExecuteAsync(
            """
            DELETE FROM role_file WHERE repo_id = @repoId;
            DELETE FROM role_tree WHERE repo_id = @repoId;
            DELETE FROM overlap WHERE other_repo_id = @repoId;
            DELETE FROM overlap WHERE commit_id IN (SELECT id FROM data_commit WHERE repo_id = @repoId);
            DELETE FROM overlap_report WHERE commit_id IN (SELECT id FROM data_commit WHERE repo_id = @repoId);
            DELETE FROM overlap_check WHERE commit_id IN (SELECT id FROM data_commit WHERE repo_id = @repoId);
            """,
            new { repoId }
        );

    /// <summary>The pairs that were kept, in order; null when the commit was not checked.</summary>
    public static async Task<(long Count, IReadOnlyList<OverlapRow> Pairs)?> ReportAsync(DbRead db, long commitId)
    {
        var count = await db.QueryAsync<long>(
            "SELECT pairs FROM overlap_report WHERE commit_id = @commitId",
            new { commitId }
        );
        return count is not [var pairs]
            ? null
            : (
                pairs,
                await db.QueryAsync<OverlapRow>(
                    """
                    SELECT o.path, o.size, o.other_repo_id, o.other_set, o.other_path, r.project, r.name, r.type, r.role
                    FROM overlap o JOIN repo r ON r.id = o.other_repo_id
                    WHERE o.commit_id = @commitId ORDER BY o.position
                    """,
                    new { commitId }
                )
            );
    }

    public static async Task SetRoleAsync(DbWrite db, RepoRow repo, string role)
    {
        await db.ExecuteAsync("UPDATE repo SET role = @role WHERE id = @Id", new { repo.Id, role });
        if (role.Length == 0)
        {
            await ForgetRepoAsync(db, repo.Id);
            return;
        }

        var heads = await db.QueryAsync<long?>(
            "SELECT head_id FROM branch WHERE repo_id = @Id AND name = @indexedBranch",
            new { repo.Id, indexedBranch }
        );
        if (heads is [{ } head])
        {
            await QueueAsync(db, head, whole: true);
        }
    }
}
