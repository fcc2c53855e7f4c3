using Braid.Metadata;

namespace Braid.Pipelines.Jobs;

/// <summary>Finds the jobs that a filter asks for.</summary>
internal static class JobList
{
    public static async Task<IReadOnlyList<JobRow>> QueryAsync(DbRead db, JobFilter filter)
    {
        var isCutByRows = filter.Limit > 0 && filter.Projects.Count == 0 && filter.Inputs.Count == 0;
        var rows = await db.QueryAsync<JobRow>(
            $"{JobRow.Select}{Conditions(filter)} ORDER BY j.id {(filter.OldestFirst ? "" : "DESC")}"
                + (isCutByRows ? " LIMIT @limit" : ""),
            new
            {
                project = filter.Pipeline?.Project,
                pipeline = filter.Pipeline?.Name,
                history = filter.History,
                marker = filter.Marker,
                since = filter.EndedSince,
                limit = filter.Limit,
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

    /// <summary>Only what is asked: a condition that may be none keeps a database from its indexes.</summary>
    private static string Conditions(JobFilter filter)
    {
        string?[] all =
        [
            filter.Pipeline is null ? null : "j.project = @project AND j.pipeline = @pipeline",
            filter.History < 0
                ? null
                : "j.version >= (SELECT p.version FROM pipeline p WHERE p.project = j.project AND p.name = j.pipeline) - @history",
            filter.EndedSince is null ? null : "(j.finished_at IS NULL OR j.finished_at >= @since)",
            filter.Marker is null ? null
            : filter.OldestFirst ? "j.created_at > @marker"
            : "j.created_at < @marker",
        ];
        var asked = string.Join(" AND ", all.Where(condition => condition is not null));
        return asked.Length > 0 ? $" WHERE {asked}" : "";
    }

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
