using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// One debug image, or the plots of one metric, at a time: <c>events.get_debug_image_sample</c> and <c>get_plot_sample</c> begin
/// at an iteration (the newest unless told); <c>next_...</c> go to the neighbour in the same iteration, and behind the last to the
/// first of the next one that has any (backwards: the last of the one before). The scroll id is the place.
/// </summary>
internal static class BrowseSamples
{
    public static EndpointHandler Image { get; } = (call, ct) => GetAsync(call, isImage: true, ct);

    public static EndpointHandler NextImage { get; } = (call, ct) => NextAsync(call, isImage: true, ct);

    public static EndpointHandler Plot { get; } = (call, ct) => GetAsync(call, isImage: false, ct);

    public static EndpointHandler NextPlot { get; } = (call, ct) => NextAsync(call, isImage: false, ct);

    private static async Task<Result<JsonObject>> GetAsync(ApiCall call, bool isImage, CancellationToken ct)
    {
        var fields = call.Fields;
        var owner = fields.Owner();
        var metric = fields.RequiredText("metric");
        var variant = isImage ? fields.RequiredText("variant") : null;
        var iteration = fields.Whole("iteration");
        var stays = fields.Flag("navigate_current_metric") ?? true;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var opened = await OpenAsync(call, owner, isImage, stays ? metric : null, ct);
        if (!opened.TryGet(out var gallery, out var error))
        {
            return error;
        }

        var shown = gallery.All.LastOrDefault(key =>
            key.Metric == metric
            && (variant ?? key.Variant) == key.Variant
            && (iteration is not { } asked || key.Iteration == asked)
        );
        return await ReplyAsync(gallery, shown, new(stays, metric, variant ?? "", shown?.Iteration ?? 0), isImage, ct);
    }

    private static async Task<Result<JsonObject>> NextAsync(ApiCall call, bool isImage, CancellationToken ct)
    {
        var fields = call.Fields;
        var owner = fields.Owner();
        fields.RequiredText("scroll_id");
        var isEarlier = fields.Flag("navigate_earlier") ?? true;
        var changesIteration = fields.Flag("next_iteration") == true;
        var scroll = ScrollId.Read(fields, Place.Read);
        if (scroll is null)
        {
            fields.Refuse(Errors.InvalidScroll());
        }

        if (fields.Problem is { } problem || scroll is null)
        {
            return fields.Problem ?? Errors.InvalidScroll();
        }

        var opened = await OpenAsync(call, owner, isImage, scroll.Stays ? scroll.Metric : null, ct);
        if (!opened.TryGet(out var gallery, out var error))
        {
            return error;
        }

        var shown = Neighbour(gallery.All, scroll, isImage, isEarlier, changesIteration);
        var place = shown is null
            ? scroll
            : scroll with
            {
                Metric = shown.Metric,
                Variant = isImage ? shown.Variant : "",
                Iteration = shown.Iteration,
            };
        return await ReplyAsync(gallery, shown, place, isImage, ct);
    }

    private static Task<Result<Gallery>> OpenAsync(
        ApiCall call,
        SeriesOwner owner,
        bool isImage,
        string? metric,
        CancellationToken ct
    )
    {
        (string, string?)[]? names = metric is null ? null : [(metric, null)];
        return isImage ? Gallery.OfImagesAsync(call, owner, names, ct) : Gallery.OfPlotsAsync(call, owner, names, ct);
    }

    /// <summary>
    /// Images are next to each other one by one, plots metric by metric. To change the iteration is to look for the same image
    /// or metric elsewhere.
    /// </summary>
    private static PlotKey? Neighbour(
        IReadOnlyList<PlotKey> all,
        Place at,
        bool isImage,
        bool isEarlier,
        bool changesIteration
    )
    {
        var here = new PlotKey(at.Metric, at.Variant, at.Iteration);
        var others = changesIteration
            ? all.Where(key =>
                key.Iteration != at.Iteration && key.Metric == at.Metric && (!isImage || key.Variant == at.Variant)
            )
            : all.Where(key => isImage || key.Iteration != at.Iteration || key.Metric != at.Metric);
        return isEarlier
            ? others.LastOrDefault(key => PlotKeyOrder.Instance.Compare(key, here) < 0)
            : others.FirstOrDefault(key => PlotKeyOrder.Instance.Compare(key, here) > 0);
    }

    private static async Task<Result<JsonObject>> ReplyAsync(
        Gallery gallery,
        PlotKey? shown,
        Place place,
        bool isImage,
        CancellationToken ct
    )
    {
        var alike = gallery.All.Where(key => key.Metric == place.Metric && (!isImage || key.Variant == place.Variant));
        var together = isImage
            ? alike.Where(key => key == shown)
            : alike.Where(key => key.Iteration == shown?.Iteration);
        var found = await gallery.ShowAsync(shown is null ? [] : together, ct);
        return found.Select(events =>
        {
            var reply = new JsonObject
            {
                ["scroll_id"] = place.ToText(),
                ["min_iteration"] = alike.Any() ? Iterations.ToWire(alike.Min(key => key.Iteration)) : null,
                ["max_iteration"] = alike.Any() ? Iterations.ToWire(alike.Max(key => key.Iteration)) : null,
            };
            reply[isImage ? "event" : "events"] = isImage ? events.FirstOrDefault() : new JsonArray([.. events]);
            return reply;
        });
    }

    /// <summary>What is shown.</summary>
    /// <param name="Stays">True when neighbours are of the same metric only.</param>
    /// <param name="Variant">Of an image.</param>
    private sealed record Place(bool Stays, string Metric, string Variant, long Iteration)
    {
        public static Place Read(JsonArray parts) =>
            new(
                parts[0]!.GetValue<bool>(),
                parts[1]!.GetValue<string>(),
                parts[2]!.GetValue<string>(),
                parts[3]!.GetValue<long>()
            );

        public string ToText() => ScrollId.Write(Stays, Metric, Variant, Iteration);
    }
}
