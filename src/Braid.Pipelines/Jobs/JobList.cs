using Braid.Metadata;

namespace Braid.Pipelines.Jobs;

/// <summary>Finds the jobs that a filter asks for.</summary>
internal static class JobList
{
    private const string conditions = """
         WHERE (@project IS NULL OR j.project = @project)
           AND (@pipeline IS NULL OR j.pipeline = @pipeline)
           AND (@history < 0 OR j.version >=
             (SELECT p.version FROM pipeline p WHERE p.project = j.project AND p.name = j.pipeline) - @history)
        """;

    public static async Task<IReadOnlyList<JobRow>> QueryAsync(DbRead db, JobFilter filter)
    {
        var rows = await db.QueryAsync<JobRow>(
            $"{JobRow.Select}{conditions}{TimeConditions(filter)} ORDER BY j.id {(filter.OldestFirst ? "" : "DESC")}",
            new
            {
                project = filter.Pipeline?.Project,
                pipeline = filter.Pipeline?.Name,
                history = filter.History,
                marker = filter.Marker,
                since = filter.EndedSince,
            }
        );
        var projects = filter.Projects.ToHashSet(StringComparer.Ordinal);
        var wanted = rows.Where(row => projects.Count == 0 || projects.Contains(row.Project));
        if (filter.Inputs.Count > 0)
        {
            var reading = await ReadingAsync(db, filter.Inputs);
            wanted = wanted.Where(row => reading.Contains(row.Id));
        }

        return [.. filter.Limit > 0 ? wanted.Take((int)Math.Min(filter.Limit, int.MaxValue)) : wanted];
    }

    private static string TimeConditions(JobFilter filter) =>
        (filter.EndedSince is null ? "" : " AND (j.finished_at IS NULL OR j.finished_at >= @since)")
        + (
            filter.Marker is null ? ""
            : filter.OldestFirst ? " AND j.created_at > @marker"
            : " AND j.created_at < @marker"
        );

    /// <summary>The jobs that read every one of the commits.</summary>
    private static async Task<HashSet<long>> ReadingAsync(DbRead db, IReadOnlyList<JobInputCommit> commits)
    {
        HashSet<long>? all = null;
        foreach (var input in commits)
        {
            var jobs = await db.QueryAsync<long>(
                "SELECT job_id FROM job_input WHERE commit_id = @Commit AND repo = @Repo",
                input
            );
            all = all is null ? [.. jobs] : [.. all.Intersect(jobs)];
        }

        return all ?? [];
    }
}
