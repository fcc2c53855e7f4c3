using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>The plots, or the debug images that can still be looked at, of one task: what there is, and each by its place.</summary>
internal sealed class Gallery
{
    private readonly ApiCall call;
    private readonly SeriesOwner owner;
    private readonly Dictionary<PlotKey, PlotEvent> images;

    private Gallery(ApiCall call, SeriesOwner owner, IReadOnlyList<PlotKey> all, Dictionary<PlotKey, PlotEvent> images)
    {
        (this.call, this.owner, this.images) = (call, owner, images);
        All = all;
    }

    /// <summary>By iteration, metric, variant.</summary>
    public IReadOnlyList<PlotKey> All { get; }

    public static async Task<Result<Gallery>> OfImagesAsync(
        ApiCall call,
        SeriesOwner owner,
        IReadOnlyList<(string Metric, string? Variant)>? names,
        CancellationToken ct
    )
    {
        var found = await ValidImages.ReadAsync(call, owner, names, ct);
        return found.Select(valid =>
        {
            var images = valid.ToDictionary(image => new PlotKey(image.Metric, image.Variant, image.Iteration));
            return new Gallery(call, owner, [.. images.Keys.Order(PlotKeyOrder.Instance)], images);
        });
    }

    public static async Task<Result<Gallery>> OfPlotsAsync(
        ApiCall call,
        SeriesOwner owner,
        IReadOnlyList<(string Metric, string? Variant)>? names,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Plots.KeysAsync(call.Caller, owner, PlotKind.Plot, names, ct);
        return found.Select(keys => new Gallery(call, owner, keys, []));
    }

    /// <summary>Of its iterations, newest first.</summary>
    public IReadOnlyList<long> Iterations => [.. All.Select(key => key.Iteration).Distinct().Reverse()];

    /// <summary>The events themselves, in the order asked for. Plots are large, so they are read one by one, and only then.</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ShowAsync(IEnumerable<PlotKey> keys, CancellationToken ct)
    {
        var shown = new List<JsonObject>();
        foreach (var key in keys)
        {
            if (images.TryGetValue(key, out var image))
            {
                shown.Add(EventReply.Of(image));
                continue;
            }

            var query = new PlotQuery([owner], PlotKind.Plot)
            {
                Names = [(key.Metric, key.Variant)],
                Range = (key.Iteration, key.Iteration),
            };
            var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
            if (!found.TryGet(out var page, out var error))
            {
                return error;
            }

            shown.AddRange(page.Items.Select(EventReply.Of));
        }

        return shown;
    }
}

/// <summary>By iteration, metric, variant.</summary>
internal sealed class PlotKeyOrder : IComparer<PlotKey>
{
    public static PlotKeyOrder Instance { get; } = new();

    public int Compare(PlotKey? x, PlotKey? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = x.Iteration.CompareTo(y.Iteration);
        order = order != 0 ? order : string.CompareOrdinal(x.Metric, y.Metric);
        return order != 0 ? order : string.CompareOrdinal(x.Variant, y.Variant);
    }
}
