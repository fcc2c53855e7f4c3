using Braid.Tracking.Filters;

namespace Braid.Tracking.Search;

/// <summary>Turns comparisons into the domain's conditions, once their values and operators are found to suit.</summary>
internal static class Conditions
{
    public static Filter OnText(Field field, Comparison comparison) =>
        (comparison.Operator, comparison.Right) switch
        {
            ("IS NULL", _) => new Filter.Missing(field),
            ("IS NOT NULL", _) => new Filter.Not(new Filter.Missing(field)),
            ("IN", Literal.List list) => new Filter.OneOf(field, list.Values),
            ("NOT IN", Literal.List list) => new Filter.NoneOf(field, list.Values),
            (var name, Literal.Text text) => new Filter.Compare(field, Of(name), text.Value),
            _ => throw Unchecked(comparison),
        };

    public static Filter OnNumber(Field field, Comparison comparison, Func<double, object> convert) =>
        comparison.Right is Literal.Number number
            ? new Filter.Compare(field, Of(comparison.Operator), convert(number.Value))
            : throw Unchecked(comparison);

    private static InvalidOperationException Unchecked(Comparison comparison) =>
        new($"'{comparison.Right.Raw}' got past the check of its term");

    private static Tracking.Filters.Comparison Of(string name) =>
        name switch
        {
            "=" => Tracking.Filters.Comparison.Equal,
            "!=" => Tracking.Filters.Comparison.NotEqual,
            "<" => Tracking.Filters.Comparison.Less,
            "<=" => Tracking.Filters.Comparison.LessOrEqual,
            ">" => Tracking.Filters.Comparison.Greater,
            ">=" => Tracking.Filters.Comparison.GreaterOrEqual,
            "LIKE" => Tracking.Filters.Comparison.Like,
            "ILIKE" => Tracking.Filters.Comparison.ILike,
            _ => throw new InvalidOperationException($"'{name}' compares with no single value"),
        };
}
