using Braid.Primitives;

namespace Braid.Tracking.Search;

/// <summary>The refusals of filters and order clauses, in the words that MLflow's users know.</summary>
public static class SearchErrors
{
    internal static Error BadClause(string clause) => Invalid($"Invalid clause(s) in filter string: '{clause}'");

    internal static Error SeveralStatements(string filter) =>
        Invalid($"Search filter contained multiple expression {Quoted(filter)}. Provide AND-ed expression list.");

    internal static Error NoIdentifier(string found) =>
        Invalid($"Invalid comparison clause. Expected 'Identifier' found '{found}'");

    internal static Error EmptyList() =>
        Invalid("While parsing a list in the query, expected a non-empty list of string values, but got empty list");

    internal static Error ListOfOthers(string found) =>
        Invalid(
            "While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type"
                + $" in list: {found}"
        );

    internal static Error BadOrder(string clause) =>
        Invalid($"Invalid order_by clause '{clause}'. Could not be parsed.");

    internal static Error BadOrderKey(string clause) => Invalid($"Invalid ordering key in order_by clause '{clause}'.");

    internal static Error BadOrderEntity(string entity) => Invalid($"Invalid order_by entity: {entity}");

    internal static Error RepeatedOrder(IEnumerable<string> clauses) =>
        Invalid($"`order_by` contains duplicate fields: [{string.Join(", ", clauses.Select(Quoted))}]");

    /// <param name="valid">The rest of the sentence: which ones there are.</param>
    internal static Error BadEntity(string entity, string valid) => Invalid($"Invalid entity type '{entity}'. {valid}");

    /// <param name="what">What has such keys: <c>attribute</c>.</param>
    public static Error BadKey(string what, string key, IEnumerable<string> valid) =>
        Invalid($"Invalid {what} key '{key}' specified. Valid keys are '{Set(valid)}'");

    internal static Error BadOperator(string name, IEnumerable<string> valid) =>
        Invalid($"Invalid comparator '{name}' not one of '{Set(valid)}'");

    internal static Error NotNumber(string what, string raw) =>
        Invalid($"Expected numeric value type for {what}. Found {raw}");

    internal static Error NotText(string what, string raw) =>
        Invalid($"Expected a quoted string value for {what}. Got value {raw}");

    internal static Error NotQuoted(string raw) =>
        Invalid(
            "Parameter value is either not quoted or unidentified quote types used for string value"
                + $" {raw}. Use either single or double quotes."
        );

    internal static Error NotList() =>
        Invalid("Only the 'run_id' attribute supports comparison with a list of quoted string values.");

    private static Error Invalid(string message) => new(ErrorKind.InvalidArgument, "tracking.bad-search", message);

    /// <summary>As Python shows a text: in single quotes, in double ones when it has only single ones inside.</summary>
    private static string Quoted(string text)
    {
        var quote =
            text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal);
        return quote == '\'' ? $"'{escaped.Replace("'", "\\'", StringComparison.Ordinal)}'" : $"\"{escaped}\"";
    }

    private static string Set(IEnumerable<string> names) =>
        $"{{{string.Join(", ", names.Select(name => $"'{name}'"))}}}";
}
