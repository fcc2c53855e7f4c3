using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// Which debug images can still be looked at. Clients use file names again after a hundred iterations: behind the newest use of
/// a url, a series' older iterations show what was overwritten. Each series is read from its newest image back to there.
/// </summary>
internal static class ValidImages
{
    private const int piece = 128;

    /// <summary>Newest first within each metric and variant.</summary>
    public static async Task<Result<IReadOnlyList<PlotEvent>>> ReadAsync(
        ApiCall call,
        SeriesOwner owner,
        IReadOnlyList<(string Metric, string? Variant)>? names,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Plots.SeriesAsync(call.Caller, [owner], ct);
        if (!found.TryGet(out var all, out var error))
        {
            return error;
        }

        var valid = new List<PlotEvent>();
        foreach (var series in all.Where(one => one.Kind == PlotKind.DebugSample && Includes(names, one)))
        {
            var refused = await ReadAsync(call, owner, series, valid, ct);
            if (refused is not null)
            {
                return refused;
            }
        }

        return valid;
    }

    private static async Task<Error?> ReadAsync(
        ApiCall call,
        SeriesOwner owner,
        PlotSeries series,
        List<PlotEvent> valid,
        CancellationToken ct
    )
    {
        var urls = new HashSet<string>(StringComparer.Ordinal);
        var query = new PlotQuery([owner], PlotKind.DebugSample)
        {
            Names = [(series.Metric, series.Variant)],
            Descending = true,
            Limit = piece,
        };
        while (true)
        {
            var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
            if (!found.TryGet(out var page, out var error))
            {
                return error;
            }

            var fresh = page.Items.TakeWhile(image => urls.Add(Url(image))).ToList();
            valid.AddRange(fresh);
            if (!page.More || fresh.Count < page.Items.Count)
            {
                return null;
            }

            query = query with { Range = (long.MinValue, page.Items[^1].Iteration - 1) };
        }
    }

    private static bool Includes(IReadOnlyList<(string Metric, string? Variant)>? names, PlotSeries series) =>
        names?.Any(name => name.Metric == series.Metric && (name.Variant ?? series.Variant) == series.Variant) ?? true;

    private static string Url(PlotEvent image) =>
        new Fields(Documents.ParseObject(image.Content)).Text("url") ?? $"iteration {image.Iteration}";
}
