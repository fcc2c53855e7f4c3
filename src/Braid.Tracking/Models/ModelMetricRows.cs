using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Tracking.Models;

/// <summary>The rows of <c>model_metric</c>: the newest value of each metric, dataset and run.</summary>
internal static class ModelMetricRows
{
    private const string upsert = """
        INSERT INTO model_metric
          (model_id, name_key, dataset_name, dataset_digest, run_id, metric, variant, step, ms, value)
        VALUES (@Model, @key, @DatasetName, @DatasetDigest, @Run, @Metric, @Variant, @Step, @TimestampMs, @value)
        ON CONFLICT (model_id, name_key, dataset_name, dataset_digest, run_id) DO UPDATE SET
          step = excluded.step, ms = excluded.ms, value = excluded.value
        WHERE excluded.step > model_metric.step OR (excluded.step = model_metric.step AND excluded.ms >= model_metric.ms)
        """;

    private const string select = """
        SELECT model_id, run_id, dataset_name, dataset_digest, metric, variant, step, ms, value FROM model_metric
        WHERE model_id IN {0} ORDER BY model_id, metric, variant, dataset_name, dataset_digest, run_id
        """;

    public static Task SetAsync(DbWrite db, ModelMetric metric) =>
        db.ExecuteAsync(
            upsert,
            new
            {
                metric.Model,
                key = SeriesNameKey.Of(metric.Point.Metric, metric.Point.Variant),
                metric.DatasetName,
                metric.DatasetDigest,
                metric.Run,
                metric.Point.Metric,
                metric.Point.Variant,
                metric.Point.Step,
                metric.Point.TimestampMs,
                value = double.IsNaN(metric.Point.Value) ? (double?)null : metric.Point.Value,
            }
        );

    public static async Task<IReadOnlyList<ModelMetric>> OfAsync(DbRead db, IEnumerable<ModelId> models)
    {
        var rows = await SqlArguments.QueryAsync<Row>(db, select, models.Select(model => model.ToString()));
        return [.. rows.Select(row => row.ToMetric())];
    }

    private sealed record Row
    {
        public ModelId ModelId { get; init; }
        public RunId RunId { get; init; }
        public string DatasetName { get; init; } = "";
        public string DatasetDigest { get; init; } = "";
        public string Metric { get; init; } = "";
        public string Variant { get; init; } = "";
        public long Step { get; init; }
        public long Ms { get; init; }
        public double? Value { get; init; }

        public ModelMetric ToMetric() =>
            new(ModelId, RunId, DatasetName, DatasetDigest, new(Metric, Variant, Step, Ms, Value ?? double.NaN));
    }
}
