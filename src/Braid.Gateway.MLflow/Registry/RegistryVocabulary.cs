using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Search;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>
/// What filters of the registry may name. Prompts are registered models with a tag; they show only to a filter that asks
/// for them, and to "is no prompt" a model without the tag answers yes.
/// </summary>
internal static class RegistryVocabulary
{
    private const string entities = "Valid entity types are ('attribute', 'tag', 'tags')";
    private const string promptTag = "mlflow.prompt.is_prompt";

    private static readonly Vocabulary models = new()
    {
        Entities = entities,
        Attributes = new() { ["name"] = Term.Text(NamedModelFields.Name) },
        OrderOnly = new()
        {
            ["timestamp"] = NamedModelFields.LastUpdate,
            ["last_updated_timestamp"] = NamedModelFields.LastUpdate,
            ["creation_timestamp"] = NamedModelFields.Created,
        },
        AttributePrefixes = ["attribute", "attributes", "attr"],
        Prefixes = Tags,
    };

    private static readonly Vocabulary versions = new()
    {
        Entities = entities,
        Attributes = new()
        {
            ["name"] = Term.Text(ModelFields.RegisteredName),
            ["run_id"] = Term.Id(ModelFields.Run),
            ["source_path"] = Term.Text(ModelFields.Uri),
            ["version_number"] = Term.Number("version_number", ModelFields.Version),
        },
        OrderOnly = new()
        {
            ["creation_timestamp"] = ModelFields.Created,
            ["last_updated_timestamp"] = ModelFields.LastUpdate,
        },
        AttributePrefixes = ["attribute", "attributes", "attr"],
        Prefixes = Tags,
    };

    private static readonly Filter noPrompt = NoPrompt();

    public static Result<Filter> Models(string? filter) => HidingPrompts(filter, models.Filter(filter));

    public static Result<Filter> Versions(string? filter) => HidingPrompts(filter, versions.Filter(filter));

    public static Result<IReadOnlyList<Order>> OrderModels(IReadOnlyList<string> clauses) => models.Orders(clauses);

    public static Result<IReadOnlyList<Order>> OrderVersions(IReadOnlyList<string> clauses) => versions.Orders(clauses);

    private static Dictionary<string, Func<string, Result<Term>>> Tags =>
        new(StringComparer.Ordinal) { ["tag"] = Tag, ["tags"] = Tag };

    private static Result<Term> Tag(string key)
    {
        var term = Term.Tag(key);
        return key == promptTag ? term with { Condition = comparison => PromptCondition(term, comparison) } : term;
    }

    /// <summary>What has no such tag is no prompt.</summary>
    private static Filter PromptCondition(Term term, Braid.Tracking.Search.Comparison comparison) =>
        (comparison.Operator, comparison.Right) is ("!=", _) or ("=", Literal.Text { Value: "false" })
            ? term.Condition(comparison) | new Filter.Missing(new Field.Tag(promptTag))
            : term.Condition(comparison);

    private static Result<Filter> HidingPrompts(string? text, Result<Filter> filter) =>
        text?.Contains(promptTag, StringComparison.Ordinal) == true ? filter : filter.Select(given => given & noPrompt);

    private static Filter NoPrompt()
    {
        var tag = new Field.Tag(promptTag);
        return new Filter.Compare(tag, Tracking.Filters.Comparison.NotEqual, "true") | new Filter.Missing(tag);
    }
}
