using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.MLflow.Search;

/// <summary>Turns comparisons into the domain's conditions.</summary>
internal static class Conditions
{
    public static Result<Filter> OnText(Field field, Comparison comparison, string what) =>
        (comparison.Operator, comparison.Right) switch
        {
            ("IS NULL", _) => new Filter.Missing(field),
            ("IS NOT NULL", _) => new Filter.Not(new Filter.Missing(field)),
            ("IN", Literal.List list) => new Filter.OneOf(field, list.Values),
            ("NOT IN", Literal.List list) => new Filter.Not(new Filter.OneOf(field, list.Values)),
            (var name, Literal.Text text) => new Filter.Compare(field, Of(name), text.Value),
            (_, var other) => SearchErrors.NotText(what, other.Raw),
        };

    public static Result<Filter> OnNumber(
        Field field,
        Comparison comparison,
        string what,
        Func<double, object> convert
    ) =>
        comparison.Right is Literal.Number number
            ? new Filter.Compare(field, Of(comparison.Operator), convert(number.Value))
            : SearchErrors.NotNumber(what, comparison.Right.Raw);

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
