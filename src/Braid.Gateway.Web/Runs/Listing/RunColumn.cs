using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Runs.Listing;

/// <summary>
/// A column of the table of runs, by its name in addresses: an attribute of every run (<c>name</c>, <c>started</c>, <c>took</c>), or
/// <c>params.KEY</c>, <c>tags.KEY</c>, <c>metrics.KEY</c> (the last value), <c>min.KEY</c>, <c>max.KEY</c>,
/// <c>at.STEP.KEY</c> (the value at a step, or at the last one before it).
/// </summary>
internal sealed record RunColumn
{
    /// <summary>What every row has, and how it sorts.</summary>
    private static readonly Dictionary<string, Field> attributes = new(StringComparer.Ordinal)
    {
        ["id"] = RunFields.Id,
        ["name"] = RunFields.Name,
        ["project"] = RunFields.ProjectName,
        ["status"] = RunFields.Status,
        ["type"] = RunFields.Type,
        ["user"] = RunFields.User,
        ["created"] = RunFields.Created,
        ["started"] = RunFields.Started,
        ["completed"] = RunFields.Completed,
        ["took"] = RunFields.ActiveSeconds,
        ["iterations"] = RunFields.LastIteration,
    };

    public required string Name { get; init; }

    /// <summary>What the table is sorted by when it is sorted by this column; null for what no index knows.</summary>
    public Field? Field { get; init; }

    /// <summary>What has to be read of a run to fill the cell.</summary>
    public RunParts Parts { get; init; }

    /// <summary>Of which series something is shown, if of any.</summary>
    public SeriesName? Series { get; init; }

    /// <summary>At which step; null for what is known of the series as a whole.</summary>
    public long? Step { get; init; }

    /// <summary>The cell; null for attributes, which every row has, and for values that a run has not.</summary>
    public Func<Run, JsonNode?> Read { get; init; } = _ => null;

    public static Result<RunColumn> Parse(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 && attributes.TryGetValue(name, out var field) ? new RunColumn { Name = name, Field = field }
            : dot > 0 && dot < name.Length - 1 ? Parse(name, name[..dot], name[(dot + 1)..])
            : NoSuchColumn(name);
    }

    private static Result<RunColumn> Parse(string name, string kind, string key) =>
        kind switch
        {
            "params" => OfParameter(name, key),
            "tags" => OfTag(name, key),
            "metrics" => OfMetric(name, key, MetricValue.Last, series => series.Last),
            "min" => OfMetric(name, key, MetricValue.Min, series => series.Min),
            "max" => OfMetric(name, key, MetricValue.Max, series => series.Max),
            "at" => OfStep(name, key),
            _ => NoSuchColumn(name),
        };

    private static RunColumn OfParameter(string name, string key) =>
        new()
        {
            Name = name,
            Field = Places(key),
            Parts = RunParts.Parameters,
            Read = run => run.Parameters.FirstOrDefault(one => ParameterKeys.KeyOf(one) == key)?.Value,
        };

    /// <summary>A key with a slash names a section, as it is shown; General has no such keys but MLflow's own.</summary>
    private static Field Places(string key) => ParameterKeys.FieldsOf(key).Last();

    private static RunColumn OfTag(string name, string key) =>
        new()
        {
            Name = name,
            Field = new Field.Tag(key),
            Parts = RunParts.Tags,
            Read = run => run.Tags.FirstOrDefault(tag => tag.Key == key)?.Value,
        };

    private static RunColumn OfMetric(string name, string key, MetricValue value, Func<SeriesSummary, Sample> sampleOf)
    {
        var series = SeriesName.FromKey(key);
        return new()
        {
            Name = name,
            Field = new Field.Metric(series.Metric, series.Variant, value),
            Parts = RunParts.Metrics,
            Series = series,
            Read = run =>
                run.Metrics.FirstOrDefault(one => one.Name == series) is { } found
                    ? Answer.Number(sampleOf(found).Value)
                    : null,
        };
    }

    private static Result<RunColumn> OfStep(string name, string stepAndKey)
    {
        var dot = stepAndKey.IndexOf('.', StringComparison.Ordinal);
        return
            dot > 0
            && dot < stepAndKey.Length - 1
            && long.TryParse(stepAndKey[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? new RunColumn
            {
                Name = name,
                Series = SeriesName.FromKey(stepAndKey[(dot + 1)..]),
                Step = step,
            }
            : NoSuchColumn(name);
    }

    private static Error NoSuchColumn(string name) =>
        new(
            ErrorKind.InvalidArgument,
            "web.no-such-column",
            $"'{name}' is no column: columns are {string.Join(", ", attributes.Keys)}, "
                + "params.KEY, tags.KEY, metrics.KEY, min.KEY, max.KEY and at.STEP.KEY"
        );
}
