using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Search;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>What filters and orders of logged models may name.</summary>
internal static class LoggedModelVocabulary
{
    /// <summary>Metrics are looked at on some datasets only; on all, and without one, when none is given.</summary>
    public static Vocabulary On(IReadOnlyList<MeasuredOn> datasets) =>
        new()
        {
            Entities = "Expected one of ['attributes', 'metrics', 'params', 'tags'].",
            Attributes = Attributes(),
            Aliases = new()
            {
                ["creation_time"] = "creation_timestamp",
                ["creation_timestamp_ms"] = "creation_timestamp",
                ["last_updated_timestamp_ms"] = "last_updated_timestamp",
            },
            AttributePrefixes = ["attributes"],
            Prefixes = new(StringComparer.Ordinal)
            {
                ["metrics"] = key => Metric(key, datasets),
                ["params"] = key => Term.Parameter(new Field.Parameter("", key)),
                ["tags"] = key => Term.Tag(key),
            },
        };

    private static Dictionary<string, Term> Attributes() =>
        new()
        {
            ["name"] = Term.Id(ModelFields.Name),
            ["model_id"] = Term.Id(ModelFields.Id)
                .Reading(id => LoggedModelId.TryParse(id, out var own) ? $"{own}" : id),
            ["model_type"] = Term.Id(ModelFields.Type),
            ["source_run_id"] = Term.Id(ModelFields.Run),
            ["status"] = StatusTerm.Of(ModelFields.State, LoggedModelStates.Names, LoggedModelStates.WordsOf),
            ["creation_timestamp"] = Term.Time("creation_timestamp", ModelFields.Created),
            ["last_updated_timestamp"] = Term.Time("last_updated_timestamp", ModelFields.LastUpdate),
        };

    private static Result<Term> Metric(string key, IReadOnlyList<MeasuredOn> datasets)
    {
        var name = SeriesName.FromKey(key);
        var measured = Term.Metric(new Field.Measured(name.Metric, name.Variant, datasets));
        return datasets.Count > 0
            ? measured
            : Term.AnyOf([Term.Metric(new Field.Metric(name.Metric, name.Variant)), measured]);
    }
}
