using Braid.Data.Naming;
using Braid.Data.Overlaps;
using Braid.Data.Propagation;
using Braid.Data.Walking;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Branching;

/// <summary>Rows of branches and of what they depend on.</summary>
internal static class BranchTable
{
    private const string select = """
        SELECT b.id, b.repo_id, r.project, r.name AS repo, r.type, b.name, b.head_id, h.set_id AS head_set,
               b.trigger_spec, b.trigger_at, b.created_at, b.created_by, b.updated_at,
               b.annotations
        FROM branch b
        JOIN repo r ON r.id = b.repo_id
        LEFT JOIN data_commit h ON h.id = b.head_id
        """;

    public static Task<BranchRow?> FindAsync(DbRead db, BranchName branch) =>
        db.FirstOrDefaultAsync<BranchRow>(
            $"{select} WHERE r.project = @Project AND r.name = @Repo AND r.type = @Type AND b.name = @Name",
            new
            {
                branch.Repo.Project,
                Repo = branch.Repo.Name,
                branch.Repo.Type,
                branch.Name,
            }
        );

    public static async Task<Result<BranchRow>> GetAsync(DbRead db, BranchName branch) =>
        await FindAsync(db, branch) is { } row ? row : Errors.BranchNotFound(branch);

    public static async Task<BranchRow> GetAsync(DbRead db, long id) =>
        await db.FirstOrDefaultAsync<BranchRow>($"{select} WHERE b.id = @id", new { id })
        ?? throw new InvalidOperationException($"branch {id} is referred to, but is not there");

    /// <summary>Newest first.</summary>
    public static Task<IReadOnlyList<BranchRow>> OfRepoAsync(DbRead db, long repoId) =>
        db.QueryAsync<BranchRow>($"{select} WHERE b.repo_id = @repoId ORDER BY b.id DESC", new { repoId });

    /// <summary>Those of a repo's branches that depend on others or are depended on.</summary>
    public static Task<IReadOnlyList<long>> LinkedAsync(DbRead db, long repoId) =>
        db.QueryAsync<long>(
            """
            SELECT e.branch_id FROM branch_provenance e JOIN branch b ON b.id = e.branch_id WHERE b.repo_id = @repoId
            UNION
            SELECT e.upstream_id FROM branch_provenance e JOIN branch b ON b.id = e.upstream_id WHERE b.repo_id = @repoId
            """,
            new { repoId }
        );

    public static Task<IReadOnlyList<BranchRow>> WithHeadAsync(DbRead db, long headId) =>
        db.QueryAsync<BranchRow>($"{select} WHERE b.head_id = @headId ORDER BY b.id", new { headId });

    public static Task<long> InsertAsync(DataTransaction tx, long repoId, string name) =>
        tx.Db.ScalarAsync<long>(
            """
            INSERT INTO branch (repo_id, name, created_at, created_by, updated_at)
            VALUES (@repoId, @name, @Now, @Author, @Now)
            RETURNING id
            """,
            new
            {
                repoId,
                name,
                tx.Now,
                tx.Author,
            }
        );

    public static async Task MoveAsync(DataTransaction tx, long id, long? headId)
    {
        await tx.Db.ExecuteAsync(
            "UPDATE branch SET head_id = @headId, updated_at = @Now WHERE id = @id",
            new
            {
                id,
                headId,
                tx.Now,
            }
        );
        if (headId is { } head)
        {
            await OverlapTable.QueueAsync(tx.Db, head);
        }
    }

    /// <summary>The branches that have a trigger; of one repo, or of all.</summary>
    public static Task<IReadOnlyList<BranchRow>> WithTriggerAsync(DbRead db, long? repoId = null) =>
        db.QueryAsync<BranchRow>(
            $"""
            {select} WHERE b.trigger_spec IS NOT NULL {(repoId is null ? "" : "AND b.repo_id = @repoId")} ORDER BY b.id
            """,
            new { repoId }
        );

    /// <summary>Sets or takes away a trigger; one that goes by the clock counts from now.</summary>
    public static Task SetTriggerAsync(DataTransaction tx, long id, string? trigger) =>
        tx.Db.ExecuteAsync(
            "UPDATE branch SET trigger_spec = @trigger, trigger_at = @Now, updated_at = @Now WHERE id = @id",
            new
            {
                id,
                trigger,
                tx.Now,
            }
        );

    public static Task NoteTriggerTimeAsync(DataTransaction tx, long id) =>
        tx.Db.ExecuteAsync("UPDATE branch SET trigger_at = @Now WHERE id = @id", new { id, tx.Now });

    public static Task DeleteAsync(DbWrite db, long id) =>
        db.ExecuteAsync(
            """
            DELETE FROM branch_provenance WHERE branch_id = @id OR upstream_id = @id;
            DELETE FROM branch WHERE id = @id;
            """,
            new { id }
        );

    /// <summary>What a branch depends on, in the order given when it was made.</summary>
    public static Task<IReadOnlyList<ProvenanceRow>> ProvenanceAsync(DbRead db, long branchId) =>
        db.QueryAsync<ProvenanceRow>(
            """
            SELECT branch_id, upstream_id, never FROM branch_provenance WHERE branch_id = @branchId ORDER BY position
            """,
            new { branchId }
        );

    public static async Task SetProvenanceAsync(
        DbWrite db,
        long branchId,
        IEnumerable<(long Upstream, bool Never)> edges
    )
    {
        await db.ExecuteAsync("DELETE FROM branch_provenance WHERE branch_id = @branchId", new { branchId });
        await db.ExecuteAsync(
            """
            INSERT INTO branch_provenance (branch_id, upstream_id, position, never)
            VALUES (@branchId, @Upstream, @position, @Never)
            """,
            edges.Select(
                (edge, position) =>
                    new
                    {
                        branchId,
                        edge.Upstream,
                        position = (long)position,
                        edge.Never,
                    }
            )
        );
    }

    /// <summary>What some branches depend on directly, or what depends on them; newest first.</summary>
    public static Task<IReadOnlyList<long>> NextAsync(DbRead db, IReadOnlyCollection<long> ids, WalkDirection direction)
    {
        var from = RowIds.Of(ids);
        var sql =
            direction == WalkDirection.Provenance
                ? $"""
                    SELECT DISTINCT upstream_id FROM branch_provenance
                    WHERE branch_id IN {from} ORDER BY upstream_id DESC
                    """
                : $"""
                    SELECT DISTINCT branch_id FROM branch_provenance
                    WHERE upstream_id IN {from} ORDER BY branch_id DESC
                    """;
        return db.QueryAsync<long>(sql, from.Arguments);
    }

    /// <summary>The branches that depend on one directly.</summary>
    public static Task<IReadOnlyList<BranchRow>> DependentsAsync(DbRead db, long branchId) =>
        db.QueryAsync<BranchRow>(
            $"{select} JOIN branch_provenance e ON e.branch_id = b.id WHERE e.upstream_id = @branchId ORDER BY b.id",
            new { branchId }
        );

    /// <summary>Everything upstream of a branch, itself excluded.</summary>
    public static Task<IReadOnlyList<BranchRow>> UpstreamAsync(DbRead db, long branchId) =>
        db.QueryAsync<BranchRow>(
            $"""
            WITH RECURSIVE reach(id) AS (
              SELECT upstream_id FROM branch_provenance WHERE branch_id = @branchId
              UNION SELECT e.upstream_id FROM branch_provenance e JOIN reach ON e.branch_id = reach.id)
            {select} WHERE b.id IN (SELECT id FROM reach) ORDER BY b.id
            """,
            new { branchId }
        );

    /// <summary>Everything downstream of a branch, itself excluded.</summary>
    public static Task<IReadOnlyList<BranchRow>> DownstreamAsync(DbRead db, long branchId) =>
        db.QueryAsync<BranchRow>(
            $"""
            WITH RECURSIVE reach(id) AS (
              SELECT branch_id FROM branch_provenance WHERE upstream_id = @branchId
              UNION SELECT e.branch_id FROM branch_provenance e JOIN reach ON e.upstream_id = reach.id)
            {select} WHERE b.id IN (SELECT id FROM reach) ORDER BY b.id
            """,
            new { branchId }
        );
}
