using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs.Finding;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Runs;

/// <summary>Reads runs: one query for the rows, one more for each part that is asked for, however many runs there are.</summary>
internal static class RunReader
{
    public static async Task<Run?> FindAsync(DbRead db, RunId id, RunParts parts) =>
        (await GetManyAsync(db, [id], parts)) is [var run] ? run : null;

    public static async Task<Run> GetAsync(DbRead db, RunId id, RunParts parts) =>
        await FindAsync(db, id, parts) ?? throw new InvalidOperationException($"run {id} went while it was in use");

    /// <summary>The run with the points that wait, where somebody changes it.</summary>
    public static async Task<Run> GetFoldedAsync(DbWrite db, RunId id, RunParts parts)
    {
        await InboxFold.RunAsync(db, id);
        return await GetAsync(db, id, parts);
    }

    /// <param name="series">Of the metrics only these; null for all.</param>
    public static async Task<IReadOnlyList<Run>> GetManyAsync(
        DbRead db,
        IEnumerable<RunId> ids,
        RunParts parts,
        IReadOnlyList<SeriesName>? series = null
    )
    {
        var rows = await SqlArguments.QueryAsync<RunRow>(
            db,
            $"SELECT {RunRow.Columns} {RunRow.From} WHERE e.id IN {{0}} ORDER BY e.id",
            ids.Select(id => id.ToString())
        );
        return await WithPartsAsync(db, rows, parts, series);
    }

    /// <param name="query">Its condition is one that can be asked.</param>
    public static async Task<Page<Run>> QueryAsync(DbRead db, Caller caller, RunQuery query)
    {
        var finder = new RunFinder(db, query, sql => sql.Where(query.Where).Value + Scope(caller, query, sql));
        var ids = caller is Caller.Job ? await finder.FindAmongAllAsync() : await finder.FindAsync();
        var page = ids.ToPage(query.Limit);
        var found = await GetManyAsync(db, page.Items, query.Parts, query.Series);
        var runs = found.ToDictionary(run => run.Id);
        return new([.. page.Items.Select(id => runs[id])], page.More);
    }

    public static Task<long> CountAsync(DbRead db, Caller caller, RunQuery query, FilterSql sql, string condition) =>
        db.ScalarAsync<long>(
            $"SELECT COUNT(*) {RunRow.From} WHERE {condition}{Scope(caller, query, sql)}",
            sql.Arguments
        );

    public static Task<IReadOnlyDictionary<ProjectId, long>> CountByProjectAsync(
        DbRead db,
        Caller caller,
        RunQuery query,
        FilterSql sql,
        string condition
    ) => ProjectCounts.ReadAsync(db, $"{RunRow.From} WHERE {condition}{Scope(caller, query, sql)}", sql);

    public static async Task<IReadOnlyList<Run>> NewestByProjectAsync(
        DbRead db,
        Caller caller,
        RunQuery query,
        FilterSql sql,
        string condition
    )
    {
        var ids = await db.QueryAsync<RunId>(
            $"""
            SELECT c.id FROM (
              SELECT e.id, ROW_NUMBER() OVER (PARTITION BY e.project_id ORDER BY e.created DESC, e.id DESC) AS age
              {RunRow.From} WHERE {condition}{Scope(caller, query, sql)}) c
            WHERE c.age = 1
            """,
            sql.Arguments
        );
        return await GetManyAsync(db, ids, query.Parts, query.Series);
    }

    private static string Scope(Caller caller, RunQuery query, FilterSql sql)
    {
        var own = "";
        if (caller is Caller.Job job)
        {
            var run = sql.Bind(job.Run);
            own = $" AND (e.id = {run} OR e.parent_id = {run})";
        }

        return own
            + ProjectScope.And(sql, query.Projects, query.IncludeSubprojects)
            + sql.AndIn("e.id", query.Ids)
            + LifecycleSql.And(query.Lifecycle);
    }

    private static async Task<IReadOnlyList<Run>> WithPartsAsync(
        DbRead db,
        IReadOnlyList<RunRow> rows,
        RunParts parts,
        IReadOnlyList<SeriesName>? series
    )
    {
        var ids = rows.Select(row => row.Id.ToString()).ToArray();
        var parameters = parts.HasFlag(RunParts.Parameters) ? await Parameters.OfAsync(db, ids) : null;
        var tags = parts.HasFlag(RunParts.Tags) ? await Tags.OfAsync(db, ids) : null;
        var metrics = parts.HasFlag(RunParts.Metrics) ? await SummaryRow.OfAsync(db, ids, series) : null;
        var artifacts = parts.HasFlag(RunParts.Artifacts) ? await RunArtifactRow.OfAsync(db, ids) : null;
        var models = parts.HasFlag(RunParts.Models) ? await RunModelRow.OfAsync(db, ids) : null;
        return
        [
            .. rows.Select(row =>
            {
                var id = row.Id.ToString();
                return row.ToRun() with
                {
                    Parameters = [.. parameters?[id] ?? []],
                    Tags = [.. tags?[id] ?? []],
                    Metrics = [.. metrics?[id] ?? []],
                    Artifacts = [.. artifacts?[id] ?? []],
                    Models = [.. models?[id] ?? []],
                };
            }),
        ];
    }
}
