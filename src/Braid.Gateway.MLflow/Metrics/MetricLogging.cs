using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>Logs one metric.</summary>
internal static class MetricLogging
{
    public static async Task<Result<Answer>> LogAsync(Call call, CancellationToken ct)
    {
        var run = call.Fields.RequiredRun();
        var metric = MetricReader.Read(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var logged = await call.Rooms.Runs.LogAsync(call.Caller, run, new(), [metric.Point], ct);
        return logged.IsOk ? (await LogToModelsAsync(call, run, [metric], ct)).Done() : logged.OnRun(run).Done();
    }

    /// <summary>What names a logged model is logged to that model's series too.</summary>
    public static async Task<Result<Unit>> LogToModelsAsync(
        Call call,
        RunId run,
        IReadOnlyList<SentMetric> metrics,
        CancellationToken ct
    )
    {
        foreach (var model in metrics.Where(metric => metric.Model is not null).GroupBy(metric => metric.Model))
        {
            var owner = SeriesOwner.Of(model.Key ?? default);
            var points = model.Select(metric => metric.Point).ToList();
            var logged = await call.Rooms.Series.AppendAsync(call.Caller, owner, points, ct);
            if (!logged.IsOk)
            {
                return logged;
            }
        }

        IReadOnlyList<ModelMetric> measured = [.. Measured(run, metrics)];
        return measured.Count == 0 ? Unit.Value : await call.Rooms.Models.MeasureAsync(call.Caller, measured, ct);
    }

    private static IEnumerable<ModelMetric> Measured(RunId run, IReadOnlyList<SentMetric> metrics)
    {
        foreach (var metric in metrics)
        {
            if (metric is { Model: { } model, Dataset: { } dataset })
            {
                yield return new(model, run, dataset.Name, dataset.Digest ?? "", metric.Point);
            }
        }
    }
}
