using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Repositories;

/// <summary>Rows of repos.</summary>
internal static class RepoTable
{
    private const string select =
        "SELECT id, project, name, type, description, role, created_at, annotations FROM repo";

    public static Task<RepoRow?> FindAsync(DbRead db, RepoName repo) =>
        db.FirstOrDefaultAsync<RepoRow>($"{select} WHERE project = @Project AND name = @Name AND type = @Type", repo);

    public static async Task<Result<RepoRow>> GetAsync(DbRead db, RepoName repo) =>
        await FindAsync(db, repo) is { } row ? row : Errors.RepoNotFound(repo);

    /// <summary>Newest first.</summary>
    public static Task<IReadOnlyList<RepoRow>> ListAsync(DbRead db, string type, string? project) =>
        db.QueryAsync<RepoRow>(
            $"""
            {select}
            WHERE (@type = '' OR type = @type) AND (@project = '' OR project = @project)
            ORDER BY id DESC
            """,
            new { type, project = project ?? "" }
        );

    /// <summary>The branches of some repos, newest first.</summary>
    public static Task<IReadOnlyList<RepoBranchRow>> BranchesAsync(DbRead db, IReadOnlyCollection<RepoRow> repos)
    {
        var ids = RowIds.Of(repos.Select(repo => repo.Id));
        return db.QueryAsync<RepoBranchRow>(
            $"""
            SELECT b.repo_id, b.name, c.size FROM branch b LEFT JOIN data_commit c ON c.id = b.head_id
            WHERE b.repo_id IN {ids} ORDER BY b.id DESC
            """,
            ids.Arguments
        );
    }

    /// <summary>What every project has, by name.</summary>
    public static Task<IReadOnlyList<RepoSummary>> SummariseAsync(DbRead db) =>
        db.QueryAsync<RepoSummary>(
            """
            SELECT p.name AS project, count(r.id) AS repos, CAST(coalesce(sum(c.size), 0) AS BIGINT) AS size
            FROM data_project p
            LEFT JOIN repo r ON r.project = p.name AND r.type = 'user'
            LEFT JOIN branch b ON b.repo_id = r.id AND b.name = 'master'
            LEFT JOIN data_commit c ON c.id = b.head_id
            GROUP BY p.name ORDER BY p.name
            """
        );

    /// <summary>The newest commit of every repo that has one: a look into an index for each.</summary>
    public static Task<IReadOnlyList<RepoActivityRow>> LastCommitsAsync(DbRead db, string type) =>
        db.QueryAsync<RepoActivityRow>(
            """
            SELECT r.project, r.name, r.type, c.started_at FROM repo r
            JOIN data_commit c ON c.id = (SELECT max(n.id) FROM data_commit n WHERE n.repo_id = r.id)
            WHERE r.type = @type
            """,
            new { type }
        );

    /// <summary>The repos of every type that share a repo's project and name.</summary>
    public static Task<IReadOnlyList<RepoRow>> SiblingsAsync(DbRead db, RepoName repo) =>
        db.QueryAsync<RepoRow>($"{select} WHERE project = @Project AND name = @Name ORDER BY id", repo);

    public static Task InsertAsync(DbWrite db, RepoName repo, string description, DateTimeOffset now) =>
        db.ExecuteAsync(
            """
            INSERT INTO repo (project, name, type, description, created_at)
            VALUES (@Project, @Name, @Type, @description, @now)
            """,
            new
            {
                repo.Project,
                repo.Name,
                repo.Type,
                description,
                now,
            }
        );

    public static Task DescribeAsync(DbWrite db, long id, string description) =>
        db.ExecuteAsync("UPDATE repo SET description = @description WHERE id = @id", new { id, description });

    /// <summary>Removes the row with everything that belongs to the repo or points into it.</summary>
    public static Task DeleteAsync(DbWrite db, long id) =>
        db.ExecuteAsync(
            """
            DELETE FROM branch_provenance WHERE branch_id IN (SELECT id FROM branch WHERE repo_id = @id);
            DELETE FROM branch_provenance WHERE upstream_id IN (SELECT id FROM branch WHERE repo_id = @id);
            DELETE FROM branch WHERE repo_id = @id;
            DELETE FROM commit_provenance WHERE commit_id IN (SELECT id FROM data_commit WHERE repo_id = @id);
            DELETE FROM commit_provenance WHERE upstream_id IN (SELECT id FROM data_commit WHERE repo_id = @id);
            DELETE FROM data_commit WHERE repo_id = @id;
            DELETE FROM repo WHERE id = @id;
            """,
            new { id }
        );
}
