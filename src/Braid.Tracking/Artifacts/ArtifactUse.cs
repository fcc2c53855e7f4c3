using Braid.Metadata;

namespace Braid.Tracking.Artifacts;

/// <summary>How much the files take of a project's runs that a user made.</summary>
public sealed record ArtifactUse
{
    private const string select = """
        SELECT COALESCE(p.name, '') AS project, COALESCE(r.user_name, '') AS user_name,
          COUNT(*) AS files, CAST(SUM(e.size) AS BIGINT) AS bytes
        FROM artifact e LEFT JOIN run r ON r.id = e.run_id LEFT JOIN project p ON p.id = r.project_id
        WHERE e.content IS NOT NULL
        GROUP BY p.name, r.user_name ORDER BY 4 DESC, 1, 2
        """;

    /// <summary>The full path; empty for files that belong to no run.</summary>
    public string Project { get; init; } = "";

    /// <summary>Who made the runs; empty for files that belong to no run.</summary>
    public string UserName { get; init; } = "";
    public long Files { get; init; }
    public long Bytes { get; init; }

    internal static Task<IReadOnlyList<ArtifactUse>> ReadAsync(DbRead db) => db.QueryAsync<ArtifactUse>(select);
}
