using System.IO.Enumeration;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Search;

/// <summary>A status, of which the protocol has fewer than the domain: one of its names stands for several words.</summary>
public static class StatusTerm
{
    private static readonly string[] operators = ["=", "!=", "LIKE", "ILIKE"];

    /// <param name="names">The protocol's names.</param>
    /// <param name="words">The domain's words that a name stands for.</param>
    public static Term Of(Field field, IReadOnlyList<string> names, Func<string, IReadOnlyList<string>> words) =>
        new()
        {
            Operators = operators,
            ValueProblem = Term.Text(field).ValueProblem,
            Condition = comparison => Condition(field, comparison, names, words),
            OrderBy = new Field.Renamed(field, [.. names.SelectMany(name => words(name).Select(word => (word, name)))]),
        };

    private static Filter.OneOf Condition(
        Field field,
        Comparison comparison,
        IReadOnlyList<string> names,
        Func<string, IReadOnlyList<string>> words
    )
    {
        var text = comparison.Right is Literal.Text given ? given.Value : "";
        return new(field, [.. names.Where(name => Matches(name, comparison.Operator, text)).SelectMany(words)]);
    }

    private static bool Matches(string name, string comparator, string text) =>
        comparator switch
        {
            "=" => name == text,
            "!=" => name != text,
            "LIKE" => IsLike(name, text, ignoreCase: false),
            _ => IsLike(name, text, ignoreCase: true),
        };

    private static bool IsLike(string name, string pattern, bool ignoreCase) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace('%', '*').Replace('_', '?'), name, ignoreCase);
}
