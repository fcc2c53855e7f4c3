using Braid.Metadata;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs.Finding;

/// <summary>A condition whose runs indexes find: all that it holds for, and perhaps others.</summary>
/// <param name="Rows">Some of these rows are of each of the runs.</param>
internal sealed record IndexedCondition(IReadOnlyList<IndexedRows> Rows)
{
    /// <summary>Those among conditions that hold together.</summary>
    public static IReadOnlyList<IndexedCondition> Among(IReadOnlyList<Filter> parts) =>
        [.. parts.Select(part => Of(part, parts)).OfType<IndexedCondition>()];

    /// <summary>How many rows there are, <paramref name="most"/> and one more at most of each kind.</summary>
    public async Task<long> CountAsync(DbRead db, int most)
    {
        var count = 0L;
        foreach (var rows in Rows)
        {
            var sql = new FilterSql();
            var counted = $"SELECT COUNT(*) FROM ({rows.Select(sql, "1")} LIMIT {most + 1}) counted";
            count += await db.ScalarAsync<long>(counted, sql.Arguments);
        }

        return count;
    }

    /// <summary>A query for the runs' ids, each once.</summary>
    public string Ids(FilterSql sql) =>
        Rows is [var only]
            ? only.Select(sql, $"DISTINCT {only.Run}")
            : string.Join(" UNION ", Rows.Select(rows => rows.Select(sql, rows.Run)));

    private static IndexedCondition? Of(Filter part, IReadOnlyList<Filter> together) =>
        part switch
        {
            Filter.Any { Parts.Count: > 0 } any => AnyOf(any.Parts),
            Filter.Not { Part: Filter.Missing missing } => Present(missing.Field),
            Filter.Compare { Field: Field.Metric metric } => InRange(metric, part, together),
            Filter.Compare compare => OnText(compare.Field, compare),
            Filter.OneOf one when one.Field == RunFields.Status => WithStatus(one.Values),
            Filter.OneOf one => OnText(one.Field, one),
            Filter.Matches match => OnText(match.Field, match),
            _ => null,
        };

    private static IndexedCondition? AnyOf(IReadOnlyList<Filter> parts)
    {
        var conditions = parts.Select(part => Of(part, [part])).ToList();
        return conditions.Contains(null)
            ? null
            : new([.. conditions.OfType<IndexedCondition>().SelectMany(condition => condition.Rows)]);
    }

    /// <summary>The series whose value is what all conditions on it say, which are one: the first stands for them.</summary>
    private static IndexedCondition? InRange(Field.Metric metric, Filter part, IReadOnlyList<Filter> together)
    {
        var first = together.OfType<Filter.Compare>().First(compare => compare.Field == metric);
        return MetricSql.IsIndexed(metric.Value) && ReferenceEquals(part, first)
            ? new([new("series o", "o.owner_id", sql => MetricSql.Within(sql, metric, together, "o"))])
            : null;
    }

    private static IndexedCondition? OnText(Field field, Filter condition) =>
        (field, field == RunFields.Name) switch
        {
            (Field.Parameter parameter, _) => Of(
                IndexedText
                    .On("x.value", condition)
                    .Select(value => Parameters(sql => $"{Named(sql, parameter)} AND {value(sql)}"))
            ),
            (Field.Tag tag, _) => Of(
                IndexedText.On("x.value", condition).Select(value => Tags(sql => $"{Named(sql, tag)} AND {value(sql)}"))
            ),
            (_, true) => Of(IndexedText.On("x.name", condition).Select(name => new IndexedRows("run x", "x.id", name))),
            _ => null,
        };

    private static IndexedCondition? Present(Field field) =>
        field switch
        {
            Field.Parameter parameter => new([Parameters(sql => Named(sql, parameter))]),
            Field.Tag tag => new([Tags(sql => Named(sql, tag))]),
            _ => null,
        };

    private static IndexedCondition WithStatus(IReadOnlyList<string> statuses) =>
        new([
            new(
                "run x",
                "x.id",
                sql => statuses.Count == 0 ? "FALSE" : $"x.status IN ({string.Join(", ", statuses.Select(sql.Bind))})"
            ),
        ]);

    private static IndexedCondition? Of(IEnumerable<IndexedRows> rows) =>
        rows.ToArray() is { Length: > 0 } some ? new(some) : null;

    private static IndexedRows Parameters(Func<FilterSql, string> where) => new("parameter x", "x.owner_id", where);

    private static IndexedRows Tags(Func<FilterSql, string> where) => new("tag x", "x.owner_id", where);

    private static string Named(FilterSql sql, Field.Parameter parameter) =>
        IndexedText.Equal(sql, "x.name", parameter.Name);

    private static string Named(FilterSql sql, Field.Tag tag) => IndexedText.Equal(sql, "x.key", tag.Key);
}
