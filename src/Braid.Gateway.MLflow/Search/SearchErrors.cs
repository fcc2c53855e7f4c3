using Braid.Primitives;

namespace Braid.Gateway.MLflow.Search;

/// <summary>The refusals of filters and order clauses, in the words that MLflow's users know.</summary>
internal static class SearchErrors
{
    public static Error BadClause(string clause) => Errors.Invalid($"Invalid clause(s) in filter string: '{clause}'");

    public static Error SeveralStatements(string filter) =>
        Errors.Invalid(
            $"Search filter contained multiple expression {Errors.PythonText(filter)}. Provide AND-ed expression list."
        );

    public static Error NoIdentifier(string found) =>
        Errors.Invalid($"Invalid comparison clause. Expected 'Identifier' found '{found}'");

    public static Error EmptyList() =>
        Errors.Invalid(
            "While parsing a list in the query, expected a non-empty list of string values, but got empty list"
        );

    public static Error ListOfOthers(string found) =>
        Errors.Invalid(
            "While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type"
                + $" in list: {found}"
        );

    public static Error BadOrder(string clause) =>
        Errors.Invalid($"Invalid order_by clause '{clause}'. Could not be parsed.");

    public static Error BadOrderKey(string clause) =>
        Errors.Invalid($"Invalid ordering key in order_by clause '{clause}'.");

    public static Error BadOrderEntity(string entity) => Errors.Invalid($"Invalid order_by entity: {entity}");

    public static Error RepeatedOrder(IEnumerable<string> clauses) =>
        Errors.Invalid(
            $"`order_by` contains duplicate fields: [{string.Join(", ", clauses.Select(Errors.PythonText))}]"
        );

    /// <param name="valid">The rest of the sentence: which ones there are.</param>
    public static Error BadEntity(string entity, string valid) =>
        Errors.Invalid($"Invalid entity type '{entity}'. {valid}");

    /// <param name="what">What has such keys: <c>attribute</c>.</param>
    public static Error BadKey(string what, string key, IEnumerable<string> valid) =>
        Errors.Invalid($"Invalid {what} key '{key}' specified. Valid keys are '{Set(valid)}'");

    public static Error BadOperator(string name, IEnumerable<string> valid) =>
        Errors.Invalid($"Invalid comparator '{name}' not one of '{Set(valid)}'");

    public static Error NotNumber(string what, string raw) =>
        Errors.Invalid($"Expected numeric value type for {what}. Found {raw}");

    public static Error NotText(string what, string raw) =>
        Errors.Invalid($"Expected a quoted string value for {what}. Got value {raw}");

    public static Error NotQuoted(string raw) =>
        Errors.Invalid(
            "Parameter value is either not quoted or unidentified quote types used for string value"
                + $" {raw}. Use either single or double quotes."
        );

    public static Error NotList() =>
        Errors.Invalid("Only the 'run_id' attribute supports comparison with a list of quoted string values.");

    private static string Set(IEnumerable<string> names) =>
        $"{{{string.Join(", ", names.Select(name => $"'{name}'"))}}}";
}
