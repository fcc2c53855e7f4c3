using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.MLflow.Search;

/// <summary>What a name in a filter stands for: which operators suit it, how its value is read, and the condition it makes.</summary>
internal sealed record Term
{
    private static readonly string[] numeric = ["=", "!=", ">", ">=", "<", "<="];
    private static readonly string[] textual = ["=", "!=", "LIKE", "ILIKE"];
    private static readonly string[] listed = [.. textual, "IN", "NOT IN"];
    private static readonly string[] optional = [.. textual, "IS NULL", "IS NOT NULL"];

    public required IReadOnlyList<string> Operators { get; init; }

    /// <summary>The condition that a comparison with a legal operator makes.</summary>
    public required Func<Comparison, Result<Filter>> Condition { get; init; }

    /// <summary>What a list is ordered by when it is ordered by this name; null when it cannot be.</summary>
    public Field? OrderBy { get; init; }

    /// <summary>An attribute that is a text.</summary>
    public static Term Text(Field field) => OfText(field, textual, "string attributes");

    /// <summary>An attribute that is an id: it also compares with a list.</summary>
    public static Term Id(Field field) => OfText(field, listed, "string attributes");

    /// <summary>An attribute in milliseconds since 1970.</summary>
    public static Term Time(Field field) =>
        OfNumber(field, "numeric attributes", ms => DateTimeOffset.FromUnixTimeMilliseconds((long)ms));

    public static Term Number(Field field) => OfNumber(field, "numeric attributes", number => number);

    public static Term Metric(Field field) => OfNumber(field, "metric", number => number);

    public static Term Tag(string key) => Optional(new Field.Tag(key), "tag");

    public static Term Parameter(Field field) => Optional(field, "parameter");

    public static Term Dataset(DatasetField field) => OfText(new Field.Dataset(field), listed, "dataset");

    /// <summary>An attribute that may be absent, named like something that may be absent.</summary>
    public static Term Optional(Field field, string what) => OfText(field, optional, what);

    /// <summary>Something that may be in several places: it compares as the one where it is.</summary>
    public static Term AnyOf(IEnumerable<Term> places)
    {
        Term[] all = [.. places];
        return all.Length == 1 ? all[0] : all[0] with { Condition = comparison => Any(all, comparison) };
    }

    /// <summary>The same, but its texts are written otherwise in the protocol than inside.</summary>
    public Term Reading(Func<string, string> read) =>
        this with
        {
            Condition = comparison => Condition(comparison with { Right = comparison.Right.Reading(read) }),
        };

    /// <summary>It is absent when it is in none of the places; every other condition holds in some of them.</summary>
    private static Result<Filter> Any(Term[] places, Comparison comparison)
    {
        var parts = new List<Filter>();
        foreach (var place in places)
        {
            var part = place.Condition(comparison);
            if (!part.IsOk)
            {
                return part;
            }

            parts.Add(part.Value);
        }

        return comparison.Operator == "IS NULL" ? new Filter.All(parts) : new Filter.Any(parts);
    }

    private static Term OfText(Field field, IReadOnlyList<string> operators, string what) =>
        new()
        {
            Operators = operators,
            Condition = comparison => Conditions.OnText(field, comparison, what),
            OrderBy = field,
        };

    private static Term OfNumber(Field field, string what, Func<double, object> convert) =>
        new()
        {
            Operators = numeric,
            Condition = comparison => Conditions.OnNumber(field, comparison, what, convert),
            OrderBy = field,
        };
}
