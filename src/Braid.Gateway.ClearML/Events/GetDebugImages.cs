using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.debug_images</c>: a cursor over the iterations that have samples. The first call gives the newest; each further
/// one with the scroll id goes on to older ones (to newer ones unless <c>navigate_earlier</c>); <c>refresh</c> starts anew.
/// </summary>
internal static class GetDebugImages
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var asked = Asked(fields);
        var iterations = (int)Math.Clamp(fields.Whole("iters") ?? 1, 1, int.MaxValue);
        var isEarlier = fields.Flag("navigate_earlier") ?? true;
        var cursor = fields.Flag("refresh") == true ? new() : DebugImageCursor.Read(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var tasks = new JsonArray();
        foreach (var (owner, names) in asked)
        {
            var query = new PlotQuery([owner], PlotKind.DebugSample) { Names = names, Descending = true };
            var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
            if (!found.TryGet(out var page, out var error))
            {
                return error;
            }

            var next = cursor.Next(owner.Id, NotOverwritten(page.Items), iterations, isEarlier);
            tasks.Add(new JsonObject { ["task"] = owner.Id.ToString(), ["iterations"] = Reply(next) });
        }

        return new JsonObject { ["metrics"] = tasks, ["scroll_id"] = cursor.ToScrollId() };
    }

    /// <summary>Whose samples, and of which metrics (null for all).</summary>
    private static List<(SeriesOwner Owner, IReadOnlyList<(string, string?)>? Names)> Asked(Fields fields)
    {
        var isOfModels = fields.Flag("model_events") == true;
        var asked = new Dictionary<SeriesOwner, List<JsonObject>>();
        foreach (var item in fields.Objects("metrics"))
        {
            var one = new Fields(item);
            var owner = isOfModels ? (SeriesOwner)Models.ModelIds.Model(one, "task") : Tasks.TaskIds.Task(one);
            if (one.Problem is { } problem)
            {
                fields.Refuse(problem);
            }

            asked.TryAdd(owner, []);
            asked[owner].Add(item);
        }

        return [.. asked.Select(one => (one.Key, Names(one.Value)))];
    }

    private static IReadOnlyList<(string Metric, string? Variant)>? Names(List<JsonObject> items) =>
        items.Exists(item => item["metric"] is null)
            ? null
            : new Fields(new() { ["all"] = new JsonArray([.. items.Select(item => item.DeepClone())]) }).Metrics("all");

    /// <summary>
    /// Clients use file names again after a hundred iterations: behind the newest use of a url, a series' older iterations
    /// show what was overwritten. <paramref name="samples"/> come newest first.
    /// </summary>
    private static List<PlotEvent> NotOverwritten(IReadOnlyList<PlotEvent> samples)
    {
        var left = new List<PlotEvent>();
        foreach (var series in samples.GroupBy(sample => (sample.Metric, sample.Variant)))
        {
            var urls = new HashSet<string>(StringComparer.Ordinal);
            left.AddRange(series.TakeWhile(sample => urls.Add(Url(sample))));
        }

        return left;
    }

    private static string Url(PlotEvent sample) =>
        new Fields(Replies.Documents.ParseObject(sample.Content)).Text("url") ?? $"iteration {sample.Iteration}";

    private static JsonArray Reply(IEnumerable<IGrouping<long, PlotEvent>> iterations) =>
        [
            .. iterations.Select(iteration => new JsonObject
            {
                ["iter"] = iteration.Key,
                ["events"] = new JsonArray([
                    .. iteration.OrderBy(sample => (sample.Metric, sample.Variant)).Select(EventReply.Of),
                ]),
            }),
        ];
}
