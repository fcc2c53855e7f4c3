using System.Globalization;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>A metric as it is sent: a point of the run's series and, when it names one, of a logged model's too.</summary>
internal readonly record struct SentMetric(Point Point, ModelId? Model)
{
    /// <summary>The dataset on which it was measured; null when none is named.</summary>
    public MeasuredOn? Dataset { get; init; }
}

/// <summary>Reads the fields of a metric.</summary>
internal static class MetricReader
{
    public static SentMetric Read(Fields fields)
    {
        var key = fields.RequiredKey("Metric name", called: "name");
        var value = Value(fields);
        var timestamp = Timestamp(fields, key, value);
        var step = fields.Integer("step") ?? 0;
        var model = fields.Text("model_id") is { Length: > 0 } ? LoggedModelId.Required(fields) : (ModelId?)null;
        var series = SeriesName.FromKey(key);
        return new(new(series.Metric, series.Variant, step, timestamp, Clamped(value)), model)
        {
            Dataset = fields.Text("dataset_name") is { Length: > 0 } dataset
                ? new(dataset, fields.Text("dataset_digest"))
                : null,
        };
    }

    private static double Value(Fields fields)
    {
        var value = fields.Number("value");
        if (value is null)
        {
            fields.Refuse(Errors.Missing(fields.PathOf("value")));
        }

        return value ?? 0;
    }

    private static long Timestamp(Fields fields, string key, double value)
    {
        var timestamp = fields.Integer("timestamp");
        if (timestamp is null)
        {
            fields.Refuse(Errors.Missing(fields.PathOf("timestamp")));
        }
        else if (timestamp < 0 && fields.Raw("timestamp") is { } raw)
        {
            var why =
                $"metric '{key}' (value={Written(value)}). Timestamp must be a nonnegative long (64-bit integer) ";
            fields.Refuse(Errors.InvalidValue(fields.PathOf("timestamp"), raw, why));
        }

        return timestamp ?? 0;
    }

    /// <summary>Infinities are stored as the largest doubles: the protocol's clients expect that back.</summary>
    private static double Clamped(double value) =>
        double.IsInfinity(value) ? (value > 0 ? double.MaxValue : double.MinValue) : value;

    /// <summary>A double as the message shows it: a whole number has one zero behind the point.</summary>
    private static string Written(double value) =>
        value.ToString(Math.Floor(value) == value && Math.Abs(value) < 1e16 ? "F1" : "R", CultureInfo.InvariantCulture);
}
