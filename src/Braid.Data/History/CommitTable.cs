using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Data.Walking;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.History;

/// <summary>Rows of commits and of what they were made from.</summary>
internal static class CommitTable
{
    private const string select = """
        SELECT c.id, c.repo_id, r.project, r.name AS repo, r.type, c.set_id, c.branch, c.origin, c.description,
               c.parent_id, p.set_id AS parent_set, c.generation, c.started_at, c.started_by, c.finishing_at,
               c.finished_at, c.error, c.root, c.size, c.files, c.annotations, c.forgotten_at,
               c.datum_tags, c.duplicate, p.root AS parent_root
        FROM data_commit c
        JOIN repo r ON r.id = c.repo_id
        LEFT JOIN data_commit p ON p.id = c.parent_id
        """;

    public static Task<CommitRow?> FindAsync(DbRead db, long repoId, CommitSetId set) =>
        db.FirstOrDefaultAsync<CommitRow>(
            $"{select} WHERE c.set_id = @set AND c.repo_id = @repoId",
            new { repoId, set }
        );

    public static Task<CommitRow?> FindAsync(DbRead db, CommitName commit) =>
        db.FirstOrDefaultAsync<CommitRow>(
            $"{select} WHERE c.set_id = @Id AND r.project = @Project AND r.name = @Name AND r.type = @Type",
            new
            {
                commit.Id,
                commit.Repo.Project,
                commit.Repo.Name,
                commit.Repo.Type,
            }
        );

    /// <summary>Commits of users' repos whose set begins with these hex digits.</summary>
    public static Task<IReadOnlyList<CommitRow>> BeginningAsync(DbRead db, string digits, int most) =>
        db.QueryAsync<CommitRow>(
            $"{select} WHERE c.set_id >= @digits AND c.set_id < @beyond AND r.type = @UserType ORDER BY c.set_id, c.id LIMIT @most",
            new
            {
                digits,
                beyond = digits + "g",
                RepoName.UserType,
                most,
            }
        );

    public static async Task<CommitRow> GetAsync(DbRead db, long id) =>
        await db.FirstOrDefaultAsync<CommitRow>($"{select} WHERE c.id = @id", new { id })
        ?? throw new InvalidOperationException($"commit {id} is referred to, but is not there");

    /// <summary>Those of the ids that exist, in ascending order.</summary>
    public static Task<IReadOnlyList<CommitRow>> OfIdsAsync(DbRead db, IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<CommitRow>>([]);
        }

        var wanted = RowIds.Of(ids);
        return db.QueryAsync<CommitRow>($"{select} WHERE c.id IN {wanted} ORDER BY c.id", wanted.Arguments);
    }

    /// <summary>The commits of a set, strictly, provenance first.</summary>
    public static Task<IReadOnlyList<CommitRow>> OfSetAsync(DbRead db, CommitSetId set) =>
        db.QueryAsync<CommitRow>($"{select} WHERE c.set_id = @set ORDER BY c.id", new { set });

    /// <summary>The commits of a set and everything that they were made from, provenance first.</summary>
    public static Task<IReadOnlyList<CommitRow>> OfSetWithProvenanceAsync(DbRead db, CommitSetId set) =>
        db.QueryAsync<CommitRow>(
            $"""
            WITH RECURSIVE reach(id) AS (
              SELECT id FROM data_commit WHERE set_id = @set
              UNION SELECT e.upstream_id FROM commit_provenance e JOIN reach ON e.commit_id = reach.id)
            {select} WHERE c.id IN (SELECT id FROM reach) ORDER BY c.id
            """,
            new { set }
        );

    /// <summary>A page of a repo's commits, newest first when <paramref name="before"/> is given, else oldest first.</summary>
    public static Task<IReadOnlyList<CommitRow>> PageAsync(
        DbRead db,
        long repoId,
        long? before,
        long after,
        int limit
    ) =>
        db.QueryAsync<CommitRow>(
            before is null
                ? $"{select} WHERE c.repo_id = @repoId AND c.id > @after ORDER BY c.id LIMIT {limit}"
                : $"{select} WHERE c.repo_id = @repoId AND c.id < @before ORDER BY c.id DESC LIMIT {limit}",
            new
            {
                repoId,
                before,
                after,
            }
        );

    /// <summary>The commits made on a branch (null: in the repo) after one of its commits, oldest first.</summary>
    public static Task<IReadOnlyList<CommitRow>> OnBranchAfterAsync(
        DbRead db,
        long repoId,
        string? branch,
        long after
    ) =>
        db.QueryAsync<CommitRow>(
            $"""
            {select} WHERE c.repo_id = @repoId {(branch is null ? "" : "AND c.branch = @branch")} AND c.id > @after
            ORDER BY c.id LIMIT 100
            """,
            new
            {
                repoId,
                branch,
                after,
            }
        );

    /// <summary>
    /// The ancestor of a commit (or itself) that is <paramref name="generation"/> steps from the line's root, if there is
    /// one. A generation that only one commit of the repo has is found by index; else the line is walked.
    /// </summary>
    public static async Task<CommitRow?> AncestorAsync(DbRead db, CommitRow commit, long generation)
    {
        if (generation < 1 || generation > commit.Generation)
        {
            return null;
        }

        var rivals = await db.QueryAsync<long>(
            "SELECT id FROM data_commit WHERE repo_id = @RepoId AND generation = @generation LIMIT 2",
            new { commit.RepoId, generation }
        );
        return await GetAsync(db, rivals.Count == 1 ? rivals[0] : (await LineAsync(db, commit, generation - 1))[^1]);
    }

    /// <summary>The ids of a commit and its ancestors of a generation above <paramref name="downTo"/>, newest first.</summary>
    public static Task<IReadOnlyList<long>> LineAsync(DbRead db, CommitRow newest, long downTo) =>
        db.QueryAsync<long>(
            """
            WITH RECURSIVE line(id, parent_id, generation) AS (
              SELECT id, parent_id, generation FROM data_commit WHERE id = @Id AND generation > @downTo
              UNION ALL
              SELECT c.id, c.parent_id, c.generation FROM data_commit c JOIN line ON c.id = line.parent_id
              WHERE c.generation > @downTo)
            SELECT id FROM line ORDER BY generation DESC
            """,
            new { newest.Id, downTo }
        );

    /// <summary>What some commits were made from directly, or what was made from them; newest first.</summary>
    public static Task<IReadOnlyList<long>> NextAsync(DbRead db, IReadOnlyCollection<long> ids, WalkDirection direction)
    {
        var from = RowIds.Of(ids);
        var sql =
            direction == WalkDirection.Provenance
                ? $"""
                    SELECT DISTINCT upstream_id FROM commit_provenance
                    WHERE commit_id IN {from} ORDER BY upstream_id DESC
                    """
                : $"""
                    SELECT DISTINCT commit_id FROM commit_provenance
                    WHERE upstream_id IN {from} ORDER BY commit_id DESC
                    """;
        return db.QueryAsync<long>(sql, from.Arguments);
    }

    public static Task<IReadOnlyList<CommitRow>> ChildrenAsync(DbRead db, long id) =>
        db.QueryAsync<CommitRow>($"{select} WHERE c.parent_id = @id ORDER BY c.id", new { id });

    /// <summary>True when every commit that this one was made from is finished.</summary>
    public static async Task<bool> IsReadyAsync(DbRead db, long id) =>
        await db.ScalarAsync<long>(
            """
            SELECT count(*) FROM commit_provenance e JOIN data_commit u ON u.id = e.upstream_id
            WHERE e.commit_id = @id AND u.finished_at IS NULL
            """,
            new { id }
        ) == 0;

    public static async Task<bool> IsOutputAsync(DbRead db, long id) =>
        await db.ScalarAsync<long>("SELECT count(*) FROM commit_provenance WHERE commit_id = @id", new { id }) > 0;

    public static Task<long> InsertAsync(DataTransaction tx, NewCommit commit) =>
        tx.Db.ScalarAsync<long>(
            """
            INSERT INTO data_commit
              (repo_id, set_id, branch, origin, description, parent_id, generation, started_at, started_by,
               finishing_at, finished_at, error, root, size, files)
            VALUES
              (@RepoId, @Set, @Branch, @Origin, @Description, @ParentId, @Generation, @Now, @Author,
               @Closed, @Closed, '', @Root, @Size, @Files)
            RETURNING id
            """,
            new
            {
                commit.RepoId,
                tx.Set,
                commit.Branch,
                Origin = (long)commit.Origin,
                commit.Description,
                ParentId = commit.Parent?.Id,
                Generation = (commit.Parent?.Generation ?? 0) + 1,
                tx.Now,
                tx.Author,
                Closed = commit.Finished ? tx.Now : (DateTimeOffset?)null,
                Root = commit.Tree.Root.Hash,
                commit.Tree.Stats.Size,
                commit.Tree.Stats.Files,
            }
        );

    public static Task InsertProvenanceAsync(DbWrite db, long id, IEnumerable<long> upstream) =>
        db.ExecuteAsync(
            "INSERT INTO commit_provenance (commit_id, upstream_id, position) VALUES (@id, @up, @position)",
            upstream.Select(
                (up, position) =>
                    new
                    {
                        id,
                        up,
                        position = (long)position,
                    }
            )
        );

    public static Task WriteTreeAsync(DbWrite db, long id, CommitTree tree, DatumMarks marks) =>
        db.ExecuteAsync(
            """
            UPDATE data_commit
            SET root = @Root, size = @Size, files = @Files, datum_tags = @Tags, duplicate = @Duplicate
            WHERE id = @id
            """,
            new
            {
                id,
                Root = tree.Root.Hash,
                tree.Stats.Size,
                tree.Stats.Files,
                Tags = marks.Tags.IsEmpty ? (Sha256Hash?)null : marks.Tags.Hash,
                marks.Duplicate,
            }
        );

    public static Task FinishAsync(DataTransaction tx, long id, string description, string error) =>
        tx.Db.ExecuteAsync(
            """
            UPDATE data_commit
            SET finishing_at = @Now, finished_at = @Now, description = @description, error = @error,
                datum_tags = NULL, duplicate = ''
            WHERE id = @id
            """,
            new
            {
                id,
                tx.Now,
                description,
                error,
            }
        );

    /// <summary>Takes a commit out of its line: its children become its parent's, and their line one shorter.</summary>
    public static Task DeleteAsync(DbWrite db, CommitRow commit) =>
        db.ExecuteAsync(
            """
            WITH RECURSIVE below(id) AS (
              SELECT id FROM data_commit WHERE parent_id = @Id
              UNION ALL SELECT c.id FROM data_commit c JOIN below ON c.parent_id = below.id)
            UPDATE data_commit SET generation = generation - 1 WHERE id IN (SELECT id FROM below);
            UPDATE data_commit SET parent_id = @ParentId WHERE parent_id = @Id;
            DELETE FROM commit_provenance WHERE commit_id = @Id;
            DELETE FROM commit_provenance WHERE upstream_id = @Id;
            DELETE FROM data_commit WHERE id = @Id;
            """,
            new { commit.Id, commit.ParentId }
        );
}
