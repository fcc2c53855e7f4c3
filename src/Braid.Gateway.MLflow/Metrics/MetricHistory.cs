using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>Reads the full history of one metric of one run.</summary>
internal static class MetricHistory
{
    /// <summary>In pages when asked for pages, whole otherwise. An unknown run or metric has no history.</summary>
    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        var run = call.Fields.RequiredRun();
        var key = call.Fields.Required("metric_key");
        var limit = call.Fields.Integer("max_results") is { } most and > 0 ? (int?)Math.Min(most, int.MaxValue) : null;
        var token = PageToken.Read(call.Fields.Text("page_token"));
        if ((call.Fields.Problem ?? token.Error) is { } problem)
        {
            return problem.Kind == ErrorKind.NotFound ? Answers.Empty : problem;
        }

        var name = SeriesName.FromKey(key);
        var read = await call.Rooms.Series.HistoryAsync(call.Caller, run, name, token.Value, limit, ct);
        return read.Error is { Kind: ErrorKind.NotFound }
            ? Answers.Empty
            : read.Select(page => Answer(key, page, token.Value));
    }

    private static Answer Answer(string key, Page<Sample> page, int offset)
    {
        return json =>
        {
            json.List("metrics", page.Items, (item, sample) => MetricJson.Write(item, key, sample));
            json.Text("next_page_token", page.More ? PageToken.Of(offset + page.Items.Count) : null);
        };
    }
}
