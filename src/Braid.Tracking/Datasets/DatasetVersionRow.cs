using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Datasets;

/// <summary>The rows of <c>dataset_version</c>.</summary>
internal sealed record DatasetVersionRow
{
    public const string Columns = "d.run_id, d.project_id, d.repo, d.branch, d.commit_id, d.problem";

    private const string note = """
        INSERT INTO dataset_version (run_id, project_id, state, repo, branch, commit_id, problem, noted)
        SELECT id, project_id, 'waiting', '', '', '', '', @now FROM run WHERE id = @run
        ON CONFLICT (run_id) DO UPDATE SET state = 'waiting', problem = '', noted = excluded.noted
        WHERE dataset_version.state = 'failed'
        """;

    public RunId RunId { get; init; }
    public ProjectId ProjectId { get; init; }
    public string Repo { get; init; } = "";
    public string Branch { get; init; } = "";
    public string CommitId { get; init; } = "";
    public string Problem { get; init; } = "";

    /// <summary>The version is complete: it waits to become a commit, anew when that failed before.</summary>
    public static async Task NoteAsync(DbWrite db, RunId run, DateTimeOffset now)
    {
        await db.ExecuteAsync(note, new { run, now });
        db.Announce(Topics.Datasets);
    }

    public DatasetVersion ToVersion() => new(RunId, ProjectId, Repo, Branch, CommitId, Problem);
}
