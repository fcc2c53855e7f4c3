using Braid.Primitives;

namespace Braid.Gateway.MLflow.Search;

/// <summary>The refusals of filters and order clauses, in the words that MLflow's users know.</summary>
internal static class SearchErrors
{
    public static Error BadClause(string clause) => Errors.Invalid($"Invalid clause(s) in filter string: '{clause}'");

    public static Error SeveralStatements(string filter) =>
        Errors.Invalid($"Search filter contained multiple expression '{filter}'. Provide AND-ed expression list.");

    public static Error BadOrder(string clause) =>
        Errors.Invalid($"Invalid order_by clause '{clause}'. Could not be parsed.");

    public static Error BadOrderKey(string clause) =>
        Errors.Invalid($"Invalid ordering key in order_by clause '{clause}'.");

    public static Error RepeatedOrder(string clause) =>
        Errors.Invalid($"`order_by` contains duplicate fields: '{clause}'");

    public static Error BadEntity(string entity, string valid) =>
        Errors.Invalid($"Invalid entity type '{entity}'. Valid values are {valid}");

    public static Error BadAttribute(string key, IEnumerable<string> valid) =>
        Errors.Invalid($"Invalid attribute key '{key}' specified. Valid keys are '{Set(valid)}'");

    public static Error BadOperator(string name, IEnumerable<string> valid) =>
        Errors.Invalid($"Invalid comparator '{name}' not one of '{Set(valid)}'");

    public static Error NotNumber(string what, string raw) =>
        Errors.Invalid($"Expected numeric value type for {what}. Found {raw}");

    public static Error NotText(string what, string raw) =>
        Errors.Invalid($"Expected a quoted string value for {what} (e.g. 'my-value'). Got value {raw}");

    public static Error NotList(string attribute) =>
        Errors.Invalid($"Only the '{attribute}' attribute supports comparison with a list of quoted string values.");

    private static string Set(IEnumerable<string> names) =>
        $"{{{string.Join(", ", names.Select(name => $"'{name}'"))}}}";
}
