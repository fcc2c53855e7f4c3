using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Search;

/// <summary>What a name in a filter stands for: which operators suit it, how its value is read, and the condition it makes.</summary>
public sealed record Term
{
    private const string attributes = "attributes";

    private static readonly string[] numeric = ["=", "!=", ">", ">=", "<", "<="];
    private static readonly string[] textual = ["=", "!=", "LIKE", "ILIKE"];
    private static readonly string[] listed = [.. textual, "IN", "NOT IN"];
    private static readonly string[] optional = [.. textual, "IS NULL", "IS NOT NULL"];

    /// <summary>In upper case.</summary>
    public required IReadOnlyList<string> Operators { get; init; }

    /// <summary>The condition that a comparison with a legal operator makes.</summary>
    public required Func<Comparison, Filter> Condition { get; init; }

    /// <summary>What is wrong with the value of a comparison, before its operator is looked at.</summary>
    public required Func<Literal, Error?> ValueProblem { get; init; }

    /// <summary>What a list is ordered by when it is ordered by this name; null when it cannot be.</summary>
    public Field? OrderBy { get; init; }

    /// <summary>An attribute that is a text.</summary>
    public static Term Text(Field field) => OfText(field, textual, attributes);

    /// <summary>An attribute that is an id: it also compares with a list.</summary>
    public static Term Id(Field field) => OfText(field, listed, attributes);

    /// <summary>An attribute in milliseconds since 1970.</summary>
    public static Term Time(string name, Field field) =>
        OfNumber(field, $"numeric attribute: {name}", ms => DateTimeOffset.FromUnixTimeMilliseconds((long)ms));

    /// <summary>An attribute that is a number.</summary>
    public static Term Number(string name, Field field) =>
        OfNumber(field, $"numeric attribute: {name}", number => number);

    /// <summary>A metric: what is compared is what the field says of it.</summary>
    public static Term Metric(Field field) => OfNumber(field, "metric", number => number);

    /// <summary>A tag's value.</summary>
    public static Term Tag(string key) => Optional(new Field.Tag(key), "tag");

    /// <summary>Parameters are texts, and sort as texts.</summary>
    public static Term Parameter(Field.Parameter field) =>
        Optional(field, "parameter") with
        {
            OrderBy = field with { SortsAsText = true },
        };

    /// <summary>A dataset that the run has as input.</summary>
    public static Term Dataset(DatasetField field) =>
        OfText(new Field.Dataset(field), listed, "dataset attributes") with
        {
            OrderBy = null,
        };

    /// <summary>An attribute that may be absent, named like something that may be absent.</summary>
    public static Term Optional(Field field, string what) => OfText(field, optional, $"{what} (e.g. 'my-value')");

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
    private static Filter Any(Term[] places, Comparison comparison)
    {
        IReadOnlyList<Filter> parts = [.. places.Select(place => place.Condition(comparison))];
        return comparison.Operator == "IS NULL" ? new Filter.All(parts) : new Filter.Any(parts);
    }

    private static Term OfText(Field field, IReadOnlyList<string> operators, string what) =>
        new()
        {
            Operators = operators,
            ValueProblem = value => TextProblem(value, what, takesLists: operators == listed),
            Condition = comparison => Conditions.OnText(field, comparison),
            OrderBy = field,
        };

    private static Term OfNumber(Field field, string what, Func<double, object> convert) =>
        new()
        {
            Operators = numeric,
            ValueProblem = value => value is Literal.Number ? null : SearchErrors.NotNumber(what, value.Raw),
            Condition = comparison => Conditions.OnNumber(field, comparison, convert),
            OrderBy = field,
        };

    private static Error? TextProblem(Literal value, string what, bool takesLists) =>
        value switch
        {
            Literal.Text or Literal.Null => null,
            Literal.List => takesLists ? null
            : what == attributes ? SearchErrors.NotList()
            : SearchErrors.NotText(what, value.Raw),
            Literal.Bare => SearchErrors.NotQuoted(value.Raw),
            _ => SearchErrors.NotText(what, value.Raw),
        };
}
