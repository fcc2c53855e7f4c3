using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.Metrics;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>A logged model with the metrics that were logged to it.</summary>
internal sealed record LoggedModelView(Model Model, IReadOnlyList<SeriesSummary> Metrics);

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
        return read.Select<IReadOnlyList<LoggedModelView>>(series =>
        {
            var metrics = series.ToLookup(summary => summary.Owner);
            return [.. models.Select(model => new LoggedModelView(model, [.. metrics[model.Id.Value]]))];
        });
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
        json.List("metrics", view.Metrics, (item, series) => WriteMetric(item, view.Model, series));
    }

    private static void WriteMetric(Utf8JsonWriter json, Model model, SeriesSummary series)
    {
        MetricJson.Write(json, series.Name.Key, series.Last);
        json.WriteString("model_id", LoggedModelId.Of(model.Id));
        json.Text("run_id", model.RunId?.ToString());
    }
}
