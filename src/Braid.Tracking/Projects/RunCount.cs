using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Projects;

/// <summary>How many runs of one status there are directly in one project, and how long they took.</summary>
public sealed record RunCount
{
    public required ProjectId Project { get; init; }

    /// <summary>The project's full path.</summary>
    public required string Name { get; init; }

    /// <summary>Whether what was asked to tell runs apart by holds of them.</summary>
    public required bool IsApart { get; init; }
    public required RunStatus Status { get; init; }
    public required long Runs { get; init; }

    /// <summary>From their starts to their ends or last signs of life, together.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Of these, how many ended since the time that was asked for.</summary>
    public required long EndedSince { get; init; }
    public required DateTimeOffset? LastStarted { get; init; }
}

/// <summary>Which runs to count.</summary>
/// <param name="Projects">With the projects below them.</param>
/// <param name="Where">Only runs that this holds of.</param>
/// <param name="Apart">Tells two sorts of runs apart.</param>
/// <param name="Since">From when on what ended is counted.</param>
public sealed record RunCountQuery(IReadOnlyList<ProjectId> Projects, Filter Where, Filter Apart, DateTimeOffset Since);

internal static class RunCounts
{
    public static async Task<Result<IReadOnlyList<RunCount>>> ReadAsync(
        Database database,
        Caller caller,
        RunCountQuery query,
        CancellationToken ct
    )
    {
        var sql = new FilterSql();
        if (
            !sql.Where(query.Where).TryGet(out var where, out var bad)
            || !sql.Where(query.Apart).TryGet(out var apart, out bad)
        )
        {
            return bad;
        }

        IReadOnlyList<ProjectId> projects = caller is Caller.Job job ? [job.Project] : query.Projects;
        var text = $"""
            SELECT e.project_id, p.name, CASE WHEN {apart} THEN 1 ELSE 0 END AS apart, e.status, COUNT(*) AS runs,
              CAST(SUM(COALESCE(COALESCE(e.completed, e.last_update) - e.started, 0)) AS BIGINT) AS took,
              CAST(SUM(CASE WHEN e.completed >= {sql.Bind(
                query.Since.ToStored()
            )} THEN 1 ELSE 0 END) AS BIGINT) AS ended_since,
              MAX(e.started) AS last_started
            {RunRow.From} WHERE e.trashed IS NULL AND {where}{ProjectScope.And(
                sql,
                projects,
                below: projects.Count > 0
            )}
            GROUP BY 1, 2, 3, 4
            """;
        var rows = await database.ReadFoldedAsync(runs: null, db => db.QueryAsync<Row>(text, sql.Arguments), ct);
        return rows.Select(row => row.ToCount()).ToArray();
    }

    private sealed record Row
    {
        public ProjectId ProjectId { get; init; }
        public string Name { get; init; } = "";
        public long Apart { get; init; }
        public string Status { get; init; } = "";
        public long Runs { get; init; }
        public long Took { get; init; }
        public long EndedSince { get; init; }
        public DateTimeOffset? LastStarted { get; init; }

        public RunCount ToCount() =>
            new()
            {
                Project = ProjectId,
                Name = Name,
                IsApart = Apart == 1,
                Status = StatusText.Parse(Status),
                Runs = Runs,
                Took = TimeSpan.FromMicroseconds(Took),
                EndedSince = EndedSince,
                LastStarted = LastStarted,
            };
    }
}
