using Braid.Metadata;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs.Finding;

/// <summary>
/// An order that an index has runs in: by a metric's value, by a time within a project. Runs that have no such value come after those of
/// the index.
/// </summary>
internal sealed record IndexedOrder
{
    /// <summary>What the rows of the index are of.</summary>
    public required string Table { get; init; }

    /// <summary>The further tables of runs <c>e</c> and their projects <c>p</c>.</summary>
    public required string Joins { get; init; }

    /// <summary>What leads from each to the next.</summary>
    public required string On { get; init; }

    public required string Column { get; init; }

    /// <summary>The rows of the index that the query may want.</summary>
    public required Func<FilterSql, string> Rows { get; init; }

    public required bool IsDescending { get; init; }

    /// <summary>True when the index has every run that the query may want.</summary>
    public required bool HasAll { get; init; }

    private bool IsTime { get; init; }

    /// <summary>Of a query's first key; null when no index has its order.</summary>
    public static IndexedOrder? Of(RunQuery query, IReadOnlyList<Filter> parts, IReadOnlyList<string>? projects) =>
        query.OrderBy.FirstOrDefault() switch
        {
            { By: Field.Metric metric } by when MetricSql.IsIndexed(metric.Value) => ByMetric(by, metric, parts),
            { By: Field.Attribute time } by when IsOfProject(time) && projects is [var one] => ByTime(
                by,
                time,
                parts,
                sql => $"e.project_id = {sql.Bind(one)} AND "
            ),
            { By: Field.Attribute time } by when time == RunFields.LastUpdate && projects is null => ByTime(
                by,
                time,
                parts,
                _ => ""
            ),
            _ => null,
        };

    /// <summary>The value at a place in the order, from 0; null when there are fewer.</summary>
    public async Task<object?> ValueAtAsync(DbRead db, int place)
    {
        var sql = new FilterSql();
        var value =
            $"SELECT {Column} FROM {Table} WHERE {Rows(sql)} ORDER BY {Column} {Direction} LIMIT 1 OFFSET {sql.Bind((long)place)}";
        return IsTime
            ? await db.FirstOrDefaultAsync<long?>(value, sql.Arguments)
            : await db.FirstOrDefaultAsync<double?>(value, sql.Arguments);
    }

    /// <summary>The rows up to a value, it included; all of them when it is null.</summary>
    public string RowsUpTo(FilterSql sql, object? value) =>
        value is null ? Rows(sql) : $"{Rows(sql)} AND {Column} {(IsDescending ? ">=" : "<=")} {sql.Bind(value)}";

    public string Direction => IsDescending ? "DESC" : "ASC";

    private static bool IsOfProject(Field time) =>
        time == RunFields.Created || time == RunFields.Started || time == RunFields.LastUpdate;

    private static IndexedOrder ByMetric(Order by, Field.Metric metric, IReadOnlyList<Filter> parts) =>
        new()
        {
            Table = "series o",
            Joins = "CROSS JOIN run e CROSS JOIN project p",
            On = "e.id = o.owner_id AND p.id = e.project_id",
            Column = MetricSql.Column(metric.Value, "o"),
            Rows = sql => MetricSql.Within(sql, metric, parts, "o"),
            IsDescending = by.Descending,
            HasAll = Compares(parts, metric).Any(),
        };

    private static IndexedOrder ByTime(
        Order by,
        Field.Attribute time,
        IReadOnlyList<Filter> parts,
        Func<FilterSql, string> within
    ) =>
        new()
        {
            Table = "run e",
            Joins = "CROSS JOIN project p",
            On = "p.id = e.project_id",
            Column = time.Column,
            Rows = sql => within(sql) + sql.Range(time.Column, time, parts, long.MinValue),
            IsDescending = by.Descending,
            HasAll = time.IsNeverAbsent || Compares(parts, time).Any(),
            IsTime = true,
        };

    private static IEnumerable<Filter.Compare> Compares(IReadOnlyList<Filter> parts, Field field) =>
        parts.OfType<Filter.Compare>().Where(compare => compare.Field == field);
}
