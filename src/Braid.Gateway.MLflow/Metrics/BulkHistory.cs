using System.Text.Json;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>Reads one metric of many runs, for charts.</summary>
internal static class BulkHistory
{
    private const int mostRuns = 100;
    private const int mostPoints = 25_000;
    private const int mostSampled = 2500;

    /// <summary>Everything, by run.</summary>
    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        const string name = "GetMetricHistoryBulk";
        var key = call.Fields.Text("metric_key");
        var limit = Limit(call.Fields, mostPoints);
        var runs = Runs(call.Fields, "run_id", name);
        if (string.IsNullOrEmpty(key))
        {
            call.Fields.Refuse(Errors.Invalid($"{name} request must specify a metric_key."));
        }

        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var read = await ReadAsync(call, runs.Order(), key ?? "", new(limit), ct);
        return read.Select(histories => ListAnswer(key ?? "", Flatten(histories).Take(limit)));
    }

    /// <summary>Thinned out: every k-th step of all runs together, with each run's first and last.</summary>
    public static async Task<Result<Answer>> GetSampledAsync(Call call, CancellationToken ct)
    {
        const string name = "GetMetricHistoryBulkInterval";
        var key = call.Fields.Required("metric_key");
        var limit = Limit(call.Fields, mostSampled);
        var runs = Runs(call.Fields, "run_ids", name);
        var (from, to) = Range(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var read = await ReadAsync(call, runs, key, HistoryPage.All, ct);
        return read.Select(histories =>
        {
            var steps = StepSampling.Choose(histories.ConvertAll(history => history.Steps), from, to, limit);
            return Answer(key, Flatten(histories).Where(point => steps.Contains(point.Sample.Step)));
        });
    }

    private static int Limit(Fields fields, int most)
    {
        var limit = fields.Integer("max_results") ?? most;
        if (limit <= 0 || limit > most)
        {
            fields.Refuse(Errors.Invalid($"max_results must be between 1 and {most}.{Errors.SeeDocs}"));
        }

        return (int)Math.Clamp(limit, 1, most);
    }

    private static List<RunId> Runs(Fields fields, string field, string request)
    {
        var ids = fields.Texts(field);
        if (ids.Count == 0 && field == "run_ids")
        {
            fields.Refuse(Errors.Missing(field));
        }
        if (ids.Count is 0 or > mostRuns)
        {
            fields.Refuse(
                Errors.Invalid(
                    ids.Count == 0
                        ? $"{request} request must specify at least one run_id."
                        : $"{request} request cannot specify more than {mostRuns} run_ids. Received {ids.Count} run_ids."
                )
            );
        }

        return [.. ids.Where(id => RunId.TryParse(id, out _)).Select(RunId.Parse)];
    }

    private static (long From, long To) Range(Fields fields)
    {
        var (from, to) = (fields.Integer("start_step"), fields.Integer("end_step"));
        if (from is null != to is null)
        {
            fields.Refuse(Errors.Invalid("If either start step or end step are specified, both must be specified."));
        }
        else if (from > to)
        {
            fields.Refuse(
                Errors.Invalid($"end_step must be greater than start_step. Found start_step={from} and end_step={to}.")
            );
        }

        return (from ?? long.MinValue, to ?? long.MaxValue);
    }

    private static async Task<Result<List<RunHistory>>> ReadAsync(
        Call call,
        IEnumerable<RunId> runs,
        string key,
        HistoryPage page,
        CancellationToken ct
    )
    {
        var histories = new List<RunHistory>();
        foreach (var run in runs)
        {
            var read = await call.Rooms.Series.HistoryAsync(call.Caller, run, SeriesName.FromKey(key), page, ct);
            if (read.IsOk)
            {
                histories.Add(new(run, read.Value.Items));
            }
            else if (read.Error.Kind != ErrorKind.NotFound)
            {
                return read.Error;
            }
        }

        return histories;
    }

    private static IEnumerable<RunPoint> Flatten(IEnumerable<RunHistory> histories) =>
        histories.SelectMany(history => history.Samples.Select(sample => new RunPoint(history.Run, sample)));

    private static Answer Answer(string key, IEnumerable<RunPoint> points) =>
        json => json.List("metrics", points, (item, point) => Write(item, key, point));

    /// <summary>This call's answer is no protobuf: its list is there when it is empty, too.</summary>
    private static Answer ListAnswer(string key, IEnumerable<RunPoint> points) =>
        json =>
        {
            json.WriteStartArray("metrics");
            foreach (var point in points)
            {
                json.WriteStartObject();
                Write(json, key, point);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };

    private static void Write(Utf8JsonWriter json, string key, RunPoint point)
    {
        MetricJson.Write(json, key, point.Sample);
        json.WriteString("run_id", point.Run.ToString());
    }

    private sealed record RunHistory(RunId Run, IReadOnlyList<Sample> Samples)
    {
        public IReadOnlyList<long> Steps => [.. Samples.Select(sample => sample.Step)];
    }

    private readonly record struct RunPoint(RunId Run, Sample Sample);
}
