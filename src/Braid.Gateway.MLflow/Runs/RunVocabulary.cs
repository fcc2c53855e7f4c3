using Braid.Gateway.MLflow.Artifacts;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Search;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>What filters and orders of runs may name.</summary>
internal static class RunVocabulary
{
    /// <summary>As <see cref="RunView.ArtifactUri"/> makes it.</summary>
    private static readonly Field artifactUri = new Field.Joined([
        new Field.Either(
            RunFields.ProjectArtifactLocation,
            new Field.Joined([new Field.Constant(ArtifactPath.Root), RunFields.ProjectNumber])
        ),
        new Field.Constant("/"),
        RunFields.Id,
        new Field.Constant("/artifacts"),
    ]);

    public static Vocabulary All { get; } =
        new()
        {
            Entities = "Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
            Attributes = new()
            {
                ["run_id"] = Term.Id(RunFields.Id),
                ["run_name"] = Term.Text(RunFields.Name),
                ["user_id"] = Term.Text(RunFields.User),
                ["status"] = StatusTerm.Of(RunFields.Status, RunStatuses.Names, RunStatuses.WordsOf),
                ["artifact_uri"] = Term.Text(artifactUri),
                ["start_time"] = Term.Time("start_time", RunFields.Begun),
                ["end_time"] = Term.Time("end_time", RunFields.Completed),
            },
            OrderOnly = new() { ["experiment_id"] = RunFields.ProjectNumber },
            Aliases = new()
            {
                ["created"] = "start_time",
                ["Created"] = "start_time",
                ["run name"] = "run_name",
                ["Run name"] = "run_name",
                ["Run Name"] = "run_name",
            },
            AttributePrefixes = ["attribute", "attributes", "attr", "run"],
            Prefixes = Prefixes(),
        };

    private static Dictionary<string, Func<string, Result<Term>>> Prefixes() =>
        new(StringComparer.Ordinal)
        {
            ["metric"] = Metric,
            ["metrics"] = Metric,
            ["parameter"] = Parameter,
            ["parameters"] = Parameter,
            ["param"] = Parameter,
            ["params"] = Parameter,
            ["tag"] = Tag,
            ["tags"] = Tag,
            ["dataset"] = Dataset,
            ["datasets"] = Dataset,
        };

    private static Result<Term> Metric(string key)
    {
        var name = SeriesName.FromKey(key);
        return Term.Metric(new Field.Metric(name.Metric, name.Variant));
    }

    private static Result<Term> Parameter(string key) => Term.AnyOf(ParameterKeys.FieldsOf(key).Select(Term.Parameter));

    private static Result<Term> Tag(string key) =>
        RunTags.AttributeOf(key) is { } attribute ? Term.Optional(attribute, "tag") : Term.Tag(key);

    private static Result<Term> Dataset(string key) =>
        key switch
        {
            "name" => Term.Dataset(DatasetField.Name),
            "digest" => Term.Dataset(DatasetField.Digest),
            "context" => Term.Dataset(DatasetField.Context),
            _ => SearchErrors.BadKey("dataset", key, ["name", "digest", "context"]),
        };
}
