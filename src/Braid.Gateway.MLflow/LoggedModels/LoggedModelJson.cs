using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.Metrics;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>A logged model with the metrics that were logged to it: on datasets, and otherwise.</summary>
internal sealed record LoggedModelView(
    Model Model,
    IReadOnlyList<ModelMetric> Measured,
    IReadOnlyList<SeriesSummary> Series
)
{
    /// <summary>The newest values that are not shown with the dataset on which they were measured.</summary>
    public IEnumerable<SeriesSummary> Others =>
        Series.Where(series => !Measured.Any(metric => IsLastOf(series, metric)));

    private static bool IsLastOf(SeriesSummary series, ModelMetric metric) =>
        (metric.Point.Metric, metric.Point.Variant) == (series.Name.Metric, series.Name.Variant)
        && (metric.Point.Step, metric.Point.TimestampMs) == (series.Last.Step, series.Last.TimestampMs);
}

/// <summary>The protocol's form of a logged model.</summary>
internal static class LoggedModelJson
{
    /// <summary>Reads the metrics of models and shows them.</summary>
    public static async Task<Result<IReadOnlyList<LoggedModelView>>> ViewsAsync(
        Call call,
        IReadOnlyList<Model> models,
        CancellationToken ct
    )
    {
        List<SeriesOwner> owners = [.. models.Select(model => SeriesOwner.Of(model.Id))];
        var read = await call.Rooms.Series.ListAsync(call.Caller, owners, ct);
        var measured = await call.Rooms.Models.MeasuredAsync(models, ct);
        if ((read.Error ?? measured.Error) is { } problem)
        {
            return problem;
        }

        var series = read.Value.ToLookup(summary => summary.Owner);
        var metrics = measured.Value.ToLookup(metric => metric.Model);
        return models
            .Select(model => new LoggedModelView(model, [.. metrics[model.Id]], [.. series[model.Id.Value]]))
            .ToArray();
    }

    /// <summary>Shows one model.</summary>
    public static async Task<Result<Answer>> AnswerAsync(Call call, Model model, CancellationToken ct) =>
        (await ViewsAsync(call, [model], ct)).Select<Answer>(views =>
            json => json.Object("model", body => Write(body, views[0]))
        );

    public static void Write(Utf8JsonWriter json, LoggedModelView view)
    {
        json.Object("info", info => WriteInfo(info, view.Model));
        json.Object("data", data => WriteData(data, view));
    }

    private static void WriteInfo(Utf8JsonWriter json, Model model)
    {
        json.WriteString("model_id", LoggedModelId.Of(model.Id));
        json.WriteString("experiment_id", model.ProjectNumber.ToString(CultureInfo.InvariantCulture));
        json.WriteString("name", model.Name);
        json.Time("creation_timestamp_ms", model.Created);
        json.Time("last_updated_timestamp_ms", model.LastUpdate);
        json.WriteString("artifact_uri", model.Uri);
        json.WriteString("status", LoggedModelStates.NameOf(model.State));
        json.WriteString("model_type", model.Type);
        json.WriteString("source_run_id", model.RunId?.ToString() ?? "");
        json.Text("status_message", model.StateMessage is { Length: > 0 } message ? message : null);
        json.Pairs("tags", model.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
    }

    private static void WriteData(Utf8JsonWriter json, LoggedModelView view)
    {
        json.Pairs("params", view.Model.Parameters.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
        var measured = view.Measured.Select<ModelMetric, Answer>(metric => json => WriteMeasured(json, metric));
        var others = view.Others.Select<SeriesSummary, Answer>(series => json => WriteOther(json, view.Model, series));
        json.List("metrics", measured.Concat(others), (item, write) => write(item));
    }

    private static void WriteMeasured(Utf8JsonWriter json, ModelMetric metric)
    {
        var point = metric.Point;
        MetricJson.Write(
            json,
            new SeriesName(point.Metric, point.Variant).Key,
            new(point.Step, point.TimestampMs, point.Value)
        );
        json.WriteString("dataset_name", metric.DatasetName);
        json.Text("dataset_digest", metric.DatasetDigest is { Length: > 0 } digest ? digest : null);
        json.WriteString("model_id", LoggedModelId.Of(metric.Model));
        json.WriteString("run_id", metric.Run.ToString());
    }

    private static void WriteOther(Utf8JsonWriter json, Model model, SeriesSummary series)
    {
        MetricJson.Write(json, series.Name.Key, series.Last);
        json.WriteString("model_id", LoggedModelId.Of(model.Id));
        json.Text("run_id", model.RunId?.ToString());
    }
}
