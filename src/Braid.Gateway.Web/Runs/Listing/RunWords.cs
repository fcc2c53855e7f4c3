using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Search;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Runs.Listing;

/// <summary>
/// What a filter of the table may name: MLflow's grammar with the names that the table shows, and MLflow's own names for them.
/// </summary>
internal static class RunWords
{
    public static Vocabulary All { get; } =
        new()
        {
            Entities =
                "A filter compares metrics.KEY, min.KEY, max.KEY, params.KEY, tags.KEY or a column, as in: "
                + "metrics.loss < 0.5 AND params.optimizer = 'adam' AND status = 'completed'",
            Attributes = new()
            {
                ["id"] = Term.Id(RunFields.Id),
                ["name"] = Term.Text(RunFields.Name),
                ["project"] = Term.Id(RunFields.ProjectName),
                ["status"] = Term.Id(RunFields.Status),
                ["type"] = Term.Id(RunFields.Type),
                ["user"] = Term.Id(RunFields.User),
                ["created"] = Term.Time("created", RunFields.Created),
                ["started"] = Term.Time("started", RunFields.Started),
                ["completed"] = Term.Time("completed", RunFields.Completed),
                ["took"] = Term.Number("took", RunFields.ActiveSeconds),
                ["iterations"] = Term.Number("iterations", RunFields.LastIteration),
            },
            Aliases = new()
            {
                ["run_id"] = "id",
                ["run_name"] = "name",
                ["user_id"] = "user",
                ["start_time"] = "started",
                ["end_time"] = "completed",
            },
            AttributePrefixes = ["attribute", "attributes", "run"],
            Prefixes = new(StringComparer.Ordinal)
            {
                ["metric"] = key => Metric(key, MetricValue.Last),
                ["metrics"] = key => Metric(key, MetricValue.Last),
                ["min"] = key => Metric(key, MetricValue.Min),
                ["max"] = key => Metric(key, MetricValue.Max),
                ["param"] = Parameter,
                ["params"] = Parameter,
                ["tag"] = key => Term.Tag(key),
                ["tags"] = key => Term.Tag(key),
            },
        };

    private static Result<Term> Metric(string key, MetricValue value)
    {
        var name = SeriesName.FromKey(key);
        return Term.Metric(new Field.Metric(name.Metric, name.Variant, value));
    }

    private static Result<Term> Parameter(string key) => Term.AnyOf(ParameterKeys.FieldsOf(key).Select(Term.Parameter));
}
