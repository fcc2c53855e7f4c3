using Braid.Metadata;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs.Finding;

/// <summary>
/// An order that an index has runs in: by a metric's value, by a parameter's text, by a time within a project. Runs that have no such value come after those of
/// the index.
/// </summary>
internal sealed record IndexedOrder
{
    private const string joins = "CROSS JOIN run e CROSS JOIN project p";
    private const string ofRow = "e.id = o.owner_id AND p.id = e.project_id";

    /// <summary>What the rows of the index are of.</summary>
    public required string Table { get; init; }

    /// <summary>The further tables of runs <c>e</c> and their projects <c>p</c>.</summary>
    public required string Joins { get; init; }

    /// <summary>What leads from each to the next.</summary>
    public required Func<FilterSql, string> On { get; init; }

    public required string Column { get; init; }

    /// <summary>The rows of the index that the query may want.</summary>
    public required Func<FilterSql, string> Rows { get; init; }

    public required bool IsDescending { get; init; }

    /// <summary>True when the index has every run that the query may want.</summary>
    public required bool HasAll { get; init; }

    /// <summary>What the rows are sorted by after the column, where that says less than the query's first key.</summary>
    public IReadOnlyList<Order> Rest { get; private init; } = [];

    /// <summary>Reads a value of the column.</summary>
    private Func<DbRead, string, FilterSql, Task<object?>> ReadAsync { get; init; } = DoubleAsync;

    /// <summary>Of a query's first key; null when no index has its order.</summary>
    public static IndexedOrder? Of(RunQuery query, IReadOnlyList<Filter> parts, IReadOnlyList<string>? projects) =>
        query.OrderBy.FirstOrDefault() switch
        {
            { By: Field.Metric metric } by when MetricSql.IsIndexed(metric.Value) => ByMetric(by, metric, parts),
            { By: Field.Parameter { SortsAsText: true } parameter } by => ByText(by, parameter, parts),
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
        return await ReadAsync(db, value, sql);
    }

    /// <summary>The rows before a value; all of them when there is none.</summary>
    public string RowsBefore(FilterSql sql, OrderBound? bound) =>
        bound is null
            ? Rows(sql)
            : $"{Rows(sql)} AND {Column} {(IsDescending ? ">" : "<")}{(bound.IsIncluded ? "=" : "")} {sql.Bind(bound.Value)}";

    public string Direction => IsDescending ? "DESC" : "ASC";

    private static bool IsOfProject(Field time) =>
        time == RunFields.Created
        || time == RunFields.Started
        || time == RunFields.Begun
        || time == RunFields.LastUpdate;

    private static IndexedOrder ByMetric(Order by, Field.Metric metric, IReadOnlyList<Filter> parts) =>
        new()
        {
            Table = "series o",
            Joins = joins,
            On = _ => ofRow,
            Column = MetricSql.Column(metric.Value, "o"),
            Rows = sql => MetricSql.Within(sql, metric, parts, "o"),
            IsDescending = by.Descending,
            HasAll = Compares(parts, metric).Any(),
        };

    /// <summary>Of the beginnings of texts; parameters of other sections lie among them.</summary>
    private static IndexedOrder ByText(Order by, Field.Parameter parameter, IReadOnlyList<Filter> parts)
    {
        var bounds = Compares(parts, parameter with { SortsAsText = false }).ToList();
        return new()
        {
            Table = "parameter o",
            Joins = joins,
            // SQLite would put a plain column's value in its place where the index begins, too, and know the index no more.
            On = sql =>
                $"{ofRow} AND o.section = {sql.Bind(parameter.Section)} AND COALESCE(o.name, '') = {sql.Bind(parameter.Name)}",
            Column = IndexedText.Of("o.value"),
            Rows = sql =>
                string.Join(" AND ", [IndexedText.Equal(sql, "o.name", parameter.Name), .. Ranges(sql, bounds)]),
            IsDescending = by.Descending,
            HasAll = bounds.Count > 0,
            Rest = [by],
            ReadAsync = async (db, value, sql) => await db.FirstOrDefaultAsync<string?>(value, sql.Arguments),
        };
    }

    private static IEnumerable<string> Ranges(FilterSql sql, IEnumerable<Filter> bounds) =>
        bounds
            .Select(bound => IndexedText.On("o.value", bound))
            .Where(ranges => ranges.Count == 1)
            .Select(ranges => ranges[0](sql));

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
            On = _ => "p.id = e.project_id",
            Column = time.Column,
            Rows = sql => within(sql) + sql.Range(time.Column, time, parts, long.MinValue),
            IsDescending = by.Descending,
            HasAll = time.IsNeverAbsent || Compares(parts, time).Any(),
            ReadAsync = async (db, value, sql) => await db.FirstOrDefaultAsync<long?>(value, sql.Arguments),
        };

    private static async Task<object?> DoubleAsync(DbRead db, string value, FilterSql sql) =>
        await db.FirstOrDefaultAsync<double?>(value, sql.Arguments);

    private static IEnumerable<Filter.Compare> Compares(IReadOnlyList<Filter> parts, Field field) =>
        parts.OfType<Filter.Compare>().Where(compare => compare.Field == field);
}
