using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs;

/// <summary>
/// A page of runs read from the index of a metric's values, where that costs less than to look at each run: pages in the
/// metric's order, and runs whose metric lies in a range that holds few.
/// </summary>
internal sealed class RunsByMetric(DbRead db, RunQuery query, FilterSql sql, string condition)
{
    /// <summary>So many are looked at one by one sooner than an index pays.</summary>
    private const int few = 2000;

    /// <summary>The page and one more; null when the index does not help, and the query is to be asked as any other.</summary>
    public async Task<IReadOnlyList<RunId>?> FindAsync()
    {
        if (query.Limit is null || IsNarrow() || await HasFewRunsAsync())
        {
            return null;
        }

        return query.OrderBy is [{ By: Field.Metric metric }, ..] && MetricSql.IsIndexed(metric.Value)
            ? await InOrderAsync(metric)
            : await InRangeAsync();
    }

    private IEnumerable<Filter> Parts => Flat(query.Where);

    private static IEnumerable<Filter> Flat(Filter filter) =>
        filter is Filter.All all ? all.Parts.SelectMany(Flat) : [filter];

    /// <summary>True when other indexes find the runs.</summary>
    private bool IsNarrow() =>
        query.Ids is not null
        || Parts.Any(part =>
            part is Filter.OneOf one && one.Field == RunFields.Parent
            || part is Filter.Compare { Comparison: Comparison.Equal } compare && compare.Field == RunFields.Parent
        );

    private async Task<bool> HasFewRunsAsync()
    {
        var count = new FilterSql();
        if (Within(count) is not { } projects)
        {
            return false;
        }

        return await CountAsync($"SELECT 1 FROM run e WHERE TRUE{projects} LIMIT {few + 1}", count) <= few;
    }

    /// <summary>The projects that the runs lie in, asked for as a scope or as a condition; null when it may be any.</summary>
    private string? Within(FilterSql count)
    {
        if (query is { Projects: { } scope, IncludeSubprojects: false })
        {
            return count.AndIn("e.project_id", scope);
        }

        var condition = Parts.OfType<Filter.OneOf>().FirstOrDefault(part => part.Field == RunFields.Project);
        return condition is null ? null : count.AndIn("e.project_id", condition.Values);
    }

    /// <summary>The runs that have the metric, as a number; the rest come after them, so a page that they do not fill is not one.</summary>
    private async Task<IReadOnlyList<RunId>?> InOrderAsync(Field.Metric metric)
    {
        var by = query.OrderBy[0];
        var column = MetricSql.Column(metric.Value, "o");
        var rest = sql.OrderBy([.. query.OrderBy.Skip(1)], "e.id")["ORDER BY ".Length..];
        var page = await ReadAsync(
            Series(sql, metric, "o"),
            $"ORDER BY {column} {(by.Descending ? "DESC" : "ASC")}, {rest}"
        );
        return page.Count > query.Limit ? page : null;
    }

    private async Task<IReadOnlyList<RunId>?> InRangeAsync()
    {
        var ranges = Parts.OfType<Filter.Compare>().Select(compare => compare.Field).OfType<Field.Metric>().Distinct();
        foreach (var metric in ranges.Where(metric => MetricSql.IsIndexed(metric.Value)))
        {
            var count = new FilterSql();
            if (
                await CountAsync($"SELECT 1 FROM series o WHERE {Series(count, metric, "o")} LIMIT {few + 1}", count)
                <= few
            )
            {
                return await ReadAsync(Series(sql, metric, "o"), sql.OrderBy(query.OrderBy, "e.id"));
            }
        }

        return null;
    }

    // The stores keep the order of a CROSS JOIN (SQLite) or find it (PostgreSQL).
    private async Task<IReadOnlyList<RunId>> ReadAsync(string series, string order) =>
        await db.QueryAsync<RunId>(
            $"""
            SELECT e.id FROM series o CROSS JOIN run e CROSS JOIN project p
            WHERE {series} AND e.id = o.owner_id AND p.id = e.project_id AND {condition}
            {order} {sql.Paging(query.Offset, query.Limit)}
            """,
            sql.Arguments
        );

    /// <summary>The series of the metric whose value is a number within what the query says of it.</summary>
    private string Series(FilterSql into, Field.Metric metric, string series)
    {
        var column = MetricSql.Column(metric.Value, series);
        var bounds = Parts
            .OfType<Filter.Compare>()
            .Where(compare => compare.Field == metric)
            .Select(compare => $" AND {into.Compare(column, compare)}");
        // Every number is at least that, so that the index is used by its range.
        return $"{series}.name_key = {into.Bind(metric.Key)} AND {column} >= {into.Bind(double.NegativeInfinity)}"
            + string.Concat(bounds);
    }

    private Task<long> CountAsync(string rows, FilterSql count) =>
        db.ScalarAsync<long>($"SELECT COUNT(*) FROM ({rows}) counted", count.Arguments);
}
