using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Integrity;

/// <summary>All rows of one moment that point at each other, as they are: nothing in them is taken for granted.</summary>
internal sealed record DataGraph
{
    public required IReadOnlySet<string> Projects { get; init; }

    public required IReadOnlyDictionary<long, GraphRepo> Repos { get; init; }

    public required IReadOnlyDictionary<long, GraphBranch> Branches { get; init; }

    public required IReadOnlyList<GraphEdge> BranchEdges { get; init; }

    public required IReadOnlyDictionary<long, GraphCommit> Commits { get; init; }

    public required IReadOnlyList<GraphEdge> CommitEdges { get; init; }

    /// <summary>Uploads that are not there, but have parts.</summary>
    public required IReadOnlyList<string> LostUploads { get; init; }

    public static async Task<DataGraph> ReadAsync(DbRead db) =>
        new()
        {
            Projects = (await db.QueryAsync<string>("SELECT name FROM data_project")).ToHashSet(StringComparer.Ordinal),
            Repos = await ByIdAsync<GraphRepo>(db, "SELECT id, project, name, type FROM repo", repo => repo.Id),
            Branches = await ByIdAsync<GraphBranch>(
                db,
                "SELECT id, repo_id, name, head_id FROM branch ORDER BY id",
                branch => branch.Id
            ),
            BranchEdges = await db.QueryAsync<GraphEdge>(
                "SELECT branch_id AS from_id, upstream_id FROM branch_provenance ORDER BY branch_id, position"
            ),
            Commits = await ByIdAsync<GraphCommit>(
                db,
                """
                SELECT id, repo_id, set_id, branch, parent_id, generation, finishing_at IS NOT NULL AS is_closed,
                       finished_at IS NOT NULL AS is_finished, forgotten_at IS NOT NULL AS is_forgotten, root, size, files
                FROM data_commit ORDER BY id
                """,
                commit => commit.Id
            ),
            CommitEdges = await db.QueryAsync<GraphEdge>(
                "SELECT commit_id AS from_id, upstream_id FROM commit_provenance ORDER BY commit_id, position"
            ),
            LostUploads = await db.QueryAsync<string>(
                """
                SELECT DISTINCT p.upload_id FROM upload_part p
                WHERE NOT EXISTS (SELECT 1 FROM upload u WHERE u.id = p.upload_id)
                """
            ),
        };

    /// <summary>What people call a commit, as far as its rows say.</summary>
    public string NameOf(GraphCommit commit) =>
        Repos.TryGetValue(commit.RepoId, out var repo)
            ? $"{new CommitName(repo.FullName, commit.SetId)}"
            : $"{commit.SetId} (row {commit.Id})";

    public string NameOf(GraphBranch branch) =>
        Repos.TryGetValue(branch.RepoId, out var repo)
            ? $"{new BranchName(repo.FullName, branch.Name)}"
            : $"{branch.Name} (row {branch.Id})";

    private static async Task<IReadOnlyDictionary<long, T>> ByIdAsync<T>(DbRead db, string sql, Func<T, long> id)
    {
        var rows = new Dictionary<long, T>();
        await foreach (var row in db.StreamAsync<T>(sql))
        {
            rows[id(row)] = row;
        }

        return rows;
    }
}

internal sealed record GraphRepo
{
    public long Id { get; init; }
    public string Project { get; init; } = "";
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";

    public RepoName FullName => new(Project, Name, Type);
}

internal sealed record GraphBranch
{
    public long Id { get; init; }
    public long RepoId { get; init; }
    public string Name { get; init; } = "";
    public long? HeadId { get; init; }
}

internal sealed record GraphCommit
{
    public long Id { get; init; }
    public long RepoId { get; init; }
    public CommitSetId SetId { get; init; }
    public string Branch { get; init; } = "";
    public long? ParentId { get; init; }
    public long Generation { get; init; }
    public bool IsClosed { get; init; }
    public bool IsFinished { get; init; }

    /// <summary>Its files are gone on purpose; the totals tell what there was.</summary>
    public bool IsForgotten { get; init; }
    public Sha256Hash Root { get; init; }
    public long Size { get; init; }
    public long Files { get; init; }
}

internal sealed record GraphEdge
{
    public long FromId { get; init; }
    public long UpstreamId { get; init; }
}
