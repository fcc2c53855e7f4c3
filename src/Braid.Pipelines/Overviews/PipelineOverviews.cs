using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers;

namespace Braid.Pipelines.Overviews;

/// <summary>All pipelines at a glance, by a few statements however many they and their jobs are.</summary>
public sealed class PipelineOverviews
{
    private const string newestJobs = """
         JOIN pipeline p ON p.project = j.project AND p.name = j.pipeline
        WHERE j.id = (SELECT MAX(n.id) FROM job n WHERE n.project = p.project AND n.pipeline = p.name)
        """;

    private const string unfinishedJobs = """
        SELECT project, pipeline, COUNT(*) AS jobs, MIN(created_at) AS since FROM job WHERE state < @success
        GROUP BY project, pipeline
        """;

    /// <summary>Those since which nothing ended well; bad ends are found by their states, so that good ones cost nothing.</summary>
    private const string failedJobs = """
        SELECT f.project, f.pipeline, COUNT(*) AS jobs FROM job f
        WHERE f.state IN (@failure, @unrunnable) AND f.id > COALESCE(
          (SELECT MAX(s.id) FROM job s WHERE s.project = f.project AND s.pipeline = f.pipeline AND s.state = @success), 0)
        GROUP BY f.project, f.pipeline
        """;

    private readonly Database database;
    private readonly WorkerTroubles troubles;
    private readonly JobWaits waits;

    internal PipelineOverviews(Database database, WorkerTroubles troubles, JobWaits waits)
    {
        this.database = database;
        this.troubles = troubles;
        this.waits = waits;
    }

    /// <summary>Those that the caller may see, by project and name.</summary>
    public Task<IReadOnlyList<PipelineOverview>> ListAsync(Caller caller, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<PipelineOverview>>(
            async db =>
            {
                var newest = (await db.QueryAsync<JobRow>(JobRow.Select + newestJobs)).ToDictionary(job => job.Ref);
                var unfinished = await CountAsync(db, unfinishedJobs);
                var failed = await CountAsync(db, failedJobs);
                return
                [
                    .. (await PipelineRows.AllAsync(db))
                        .Where(row => caller.MayReadData($"{row.Pipeline}") is null)
                        .OrderBy(row => row.Project, StringComparer.Ordinal)
                        .ThenBy(row => row.Name, StringComparer.Ordinal)
                        .Select(row => new PipelineOverview
                        {
                            Pipeline = row.ToVersion(troubles),
                            LastJob = newest.TryGetValue(row.Pipeline, out var job) ? Show(job) : null,
                            Unfinished = unfinished.GetValueOrDefault(row.Pipeline)?.Jobs ?? 0,
                            BehindSince = unfinished.GetValueOrDefault(row.Pipeline)?.Since,
                            FailedInARow = failed.GetValueOrDefault(row.Pipeline)?.Jobs ?? 0,
                        }),
                ];
            },
            ct
        );

    /// <summary>Some that the caller may see and whose names contain a text, whatever the case, the shortest names first.</summary>
    public async Task<IReadOnlyList<PipelineRef>> FindAsync(Caller caller, string text, int most, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            db =>
                db.QueryAsync<NameRow>(
                    """
                    SELECT project, name FROM pipeline WHERE LOWER(name) LIKE @pattern ESCAPE '!'
                    ORDER BY LENGTH(name), name, project
                    """,
                    new { pattern = $"%{Escaped(text.ToLowerInvariant())}%" }
                ),
            ct
        );
        return
        [
            .. rows.Select(row => new PipelineRef(row.Project, row.Name))
                .Where(pipeline => caller.MayReadData($"{pipeline}") is null)
                .Take(most),
        ];
    }

    private static string Escaped(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);

    private JobOverview Show(JobRow job)
    {
        var (state, reason) = waits.Standing(job);
        return new(job.SetId, job.RunId, state, reason, job.Progress, job.CreatedAt, job.StartedAt, job.FinishedAt);
    }

    private static async Task<Dictionary<PipelineRef, CountRow>> CountAsync(DbRead db, string sql)
    {
        var rows = await db.QueryAsync<CountRow>(
            sql,
            new
            {
                success = (long)JobState.Success,
                failure = (long)JobState.Failure,
                unrunnable = (long)JobState.Unrunnable,
            }
        );
        return rows.ToDictionary(row => new PipelineRef(row.Project, row.Pipeline));
    }

    private sealed record NameRow
    {
        public string Project { get; init; } = "";
        public string Name { get; init; } = "";
    }

    private sealed record CountRow
    {
        public string Project { get; init; } = "";
        public string Pipeline { get; init; } = "";
        public long Jobs { get; init; }
        public DateTimeOffset? Since { get; init; }
    }
}
