using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs.Finding;

/// <summary>
/// Conditions on texts as an index of their beginnings answers them: they hold for all texts that the whole condition holds for, and
/// for others that begin alike.
/// </summary>
internal static class IndexedText
{
    private const int length = 64;
    private const int mostValues = 100;

    /// <summary>The column as it is indexed.</summary>
    public static string Of(string column) => $"SUBSTR({column}, 1, {length}) COLLATE \"binary\"";

    /// <summary>The text is this one.</summary>
    public static string Equal(FilterSql sql, string column, string text) => $"{Of(column)} = {Key(sql, text)}";

    /// <summary>Conditions of which one holds; none when the index does not help.</summary>
    public static IReadOnlyList<Func<FilterSql, string>> On(string column, Filter condition) =>
        condition switch
        {
            Filter.Compare { Comparison: Comparison.Equal, Value: string text } => [sql => Equal(sql, column, text)],
            Filter.Compare { Comparison: Comparison.NotEqual, Value: string text } => Others(column, text),
            Filter.Compare { Comparison: Comparison.Like, Value: string like } => Beginning(
                column,
                TextBeginning.OfLike(like)
            ),
            Filter.Matches { IgnoreCase: false } match => Beginning(column, TextBeginning.OfPattern(match.Pattern)),
            Filter.OneOf { Values.Count: > 0 and <= mostValues } one =>
            [
                sql => $"{Of(column)} IN ({string.Join(", ", one.Values.Select(text => Key(sql, text)))})",
            ],
            _ => [],
        };

    /// <summary>A long text that begins alike may be another.</summary>
    private static IReadOnlyList<Func<FilterSql, string>> Others(string column, string text) =>
        text.Length >= length
            ? []
            : [sql => $"{Of(column)} < {Key(sql, text)}", sql => $"{Of(column)} > {Key(sql, text)}"];

    private static IReadOnlyList<Func<FilterSql, string>> Beginning(string column, string text)
    {
        var beginning = string.Concat(text.EnumerateRunes().Take(length));
        return beginning.Length > 0 && TextBeginning.Beyond(beginning) is { } beyond
            ? [sql => $"{Of(column)} >= {sql.Bind(beginning)} AND {Of(column)} < {sql.Bind(beyond)}"]
            : [];
    }

    private static string Key(FilterSql sql, string text) => $"SUBSTR({sql.Bind(text)}, 1, {length})";
}
