using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.debug_images</c> and <c>events.plots</c>: a cursor over the iterations that have some. The first call gives the
/// newest; each further one with the scroll id goes on to older ones (to newer ones unless <c>navigate_earlier</c>);
/// <c>refresh</c> starts anew.
/// </summary>
internal static class BrowseIterations
{
    private delegate Task<Result<Gallery>> Open(
        ApiCall call,
        SeriesOwner owner,
        IReadOnlyList<(string Metric, string? Variant)>? names,
        CancellationToken ct
    );

    public static Task<Result<JsonObject>> OfImagesAsync(ApiCall call, CancellationToken ct) =>
        HandleAsync(call, Gallery.OfImagesAsync, ct);

    public static Task<Result<JsonObject>> OfPlotsAsync(ApiCall call, CancellationToken ct) =>
        HandleAsync(call, Gallery.OfPlotsAsync, ct);

    private static async Task<Result<JsonObject>> HandleAsync(ApiCall call, Open open, CancellationToken ct)
    {
        var fields = call.Fields;
        var asked = Asked(fields);
        var count = (int)Math.Clamp(fields.Whole("iters") ?? 1, 1, int.MaxValue);
        var isEarlier = fields.Flag("navigate_earlier") ?? true;
        var cursor = fields.Flag("refresh") == true ? new() : IterationCursor.Read(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var tasks = new JsonArray();
        foreach (var (owner, names) in asked)
        {
            var opened = await open(call, owner, names, ct);
            if (!opened.TryGet(out var gallery, out var error))
            {
                return error;
            }

            var next = cursor.Next(owner.Id, gallery.Iterations, count, isEarlier);
            var shown = await ReplyAsync(gallery, next, ct);
            if (!shown.TryGet(out var iterations, out var refused))
            {
                return refused;
            }

            tasks.Add(new JsonObject { ["task"] = owner.Id.ToString(), ["iterations"] = iterations });
        }

        return new JsonObject { ["metrics"] = tasks, ["scroll_id"] = cursor.ToScrollId() };
    }

    /// <summary>Whose events, and of which metrics (null for all).</summary>
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

    private static async Task<Result<JsonArray>> ReplyAsync(
        Gallery gallery,
        IReadOnlyList<long> iterations,
        CancellationToken ct
    )
    {
        var reply = new JsonArray();
        foreach (var iteration in iterations)
        {
            var shown = await gallery.ShowAsync(gallery.All.Where(key => key.Iteration == iteration), ct);
            if (!shown.TryGet(out var events, out var error))
            {
                return error;
            }

            reply.Add(
                new JsonObject { ["iter"] = Iterations.ToWire(iteration), ["events"] = new JsonArray([.. events]) }
            );
        }

        return reply;
    }
}
