using System.IO.Enumeration;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.MLflow.Search;

/// <summary>A status, of which the protocol has fewer than the domain: one of its names stands for several words.</summary>
internal static class StatusTerm
{
    private static readonly string[] operators = ["=", "!=", "LIKE", "ILIKE"];

    /// <param name="names">The protocol's names.</param>
    /// <param name="words">The domain's words that a name stands for.</param>
    public static Term Of(Field field, IReadOnlyList<string> names, Func<string, IReadOnlyList<string>> words) =>
        new()
        {
            Operators = operators,
            Condition = comparison => Condition(field, comparison, names, words),
            OrderBy = field,
        };

    private static Result<Filter> Condition(
        Field field,
        Comparison comparison,
        IReadOnlyList<string> names,
        Func<string, IReadOnlyList<string>> words
    )
    {
        if (comparison.Right is not Literal.Text text)
        {
            return SearchErrors.NotText("string attributes", comparison.Right.Raw);
        }

        var matching = names.Where(name => Matches(name, comparison.Operator, text.Value)).SelectMany(words);
        return new Filter.OneOf(field, [.. matching]);
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
