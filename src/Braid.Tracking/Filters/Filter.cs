namespace Braid.Tracking.Filters;

/// <summary>How a field is compared with a value.</summary>
public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>SQL's pattern, case-sensitive: <c>%</c> any text, <c>_</c> any character, no escape.</summary>
    Like,

    /// <summary>The same, ignoring case.</summary>
    ILike,
}

/// <summary>
/// A condition on runs, projects or models. A condition on something absent (no such tag, parameter or series; a time that
/// has not come) is false, <see cref="Comparison.NotEqual"/> too; only <see cref="Missing"/> finds it.
/// </summary>
public abstract record Filter
{
    private Filter() { }

    /// <summary>Matches everything.</summary>
    public static Filter Everything { get; } = new All([]);

    /// <summary>Every part holds; true when there is none.</summary>
    public sealed record All(IReadOnlyList<Filter> Parts) : Filter;

    /// <summary>Some part holds; false when there is none.</summary>
    public sealed record Any(IReadOnlyList<Filter> Parts) : Filter;

    public sealed record Not(Filter Part) : Filter;

    /// <param name="Value">Text, a number (long or double), a DateTimeOffset or a bool, as the field's kind is.</param>
    public sealed record Compare(Field Field, Comparison Comparison, object Value) : Filter;

    /// <summary>The field's value is one of these texts.</summary>
    public sealed record OneOf(Field Field, IReadOnlyList<string> Values) : Filter;

    /// <summary>There is a value, and it is none of these texts.</summary>
    public sealed record NoneOf(Field Field, IReadOnlyList<string> Values) : Filter;

    /// <summary>There is no value: no such tag, parameter or series, or an empty attribute.</summary>
    public sealed record Missing(Field Field) : Filter;

    /// <summary>A regular expression is found somewhere in the field's text (Python's <c>re.search</c>).</summary>
    public sealed record Matches(Field Field, string Pattern, bool IgnoreCase = false) : Filter;

    /// <summary>The entity carries the label.</summary>
    public sealed record HasLabel(string Label, bool System = false) : Filter;

    /// <summary>The entity carries no label at all.</summary>
    public sealed record HasNoLabel(bool System = false) : Filter;

    public static Filter operator &(Filter left, Filter right) => new All([left, right]);

    public static Filter operator |(Filter left, Filter right) => new Any([left, right]);

    public static Filter operator !(Filter part) => new Not(part);
}

/// <summary>One key of an ordering. Absent values come last in both directions.</summary>
public sealed record Order(Field By, bool Descending = false);
