using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>Which events a request wants.</summary>
/// <param name="Type"><c>*</c> for all types.</param>
/// <param name="Names">Null for all metrics.</param>
internal sealed record EventSelection(
    SeriesOwner Owner,
    string Type,
    IReadOnlyList<(string Metric, string? Variant)>? Names,
    bool IsDescending
)
{
    public bool Wants(string type) => Type == "*" || Type == type;

    public bool Includes(SeriesName name) =>
        Names?.Any(one => one.Metric == name.Metric && (one.Variant ?? name.Variant) == name.Variant) ?? true;
}

/// <summary>Reads <paramref name="limit"/> events from an offset on; fewer only at the end.</summary>
internal delegate Task<Result<IReadOnlyList<JsonObject>>> EventSource(int offset, int limit, CancellationToken ct);

/// <summary>Where the events of a selection are: single values, each series by itself, each kind of plot, the log.</summary>
internal sealed class EventSources
{
    private readonly List<EventSource> all = [];

    public IReadOnlyList<EventSource> All => all;

    /// <summary>How many events there are, those replaced by a newer one of the same iteration counted too.</summary>
    public long Total { get; private set; }

    public static async Task<Result<EventSources>> FindAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var sources = new EventSources();
        var error = wanted.Wants(EventTypes.Scalar) ? await sources.AddSeriesAsync(call, wanted, ct) : null;
        error ??= await sources.AddPlotsAsync(call, wanted, ct);
        if (error is null && wanted is { Owner.IsModel: false, Names: null } && wanted.Wants(EventTypes.Log))
        {
            error = await sources.AddLogAsync(call, wanted, ct);
        }

        return error is null ? sources : error;
    }

    private async Task<Error?> AddSeriesAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var found = await call.Rooms.Series.ListAsync(call.Caller, [wanted.Owner], ct);
        if (!found.TryGet(out var series, out var error))
        {
            return error;
        }

        var chosen = series.Where(one => wanted.Includes(one.Name)).ToList();
        Total += chosen.Sum(one => one.Count);
        all.Add((offset, limit, stop) => SingleValuesAsync(call, wanted, offset, limit, stop));
        all.AddRange(
            chosen.Select(one =>
                (EventSource)((offset, limit, stop) => StepsAsync(call, wanted, one.Name, offset, limit, stop))
            )
        );
        return null;
    }

    private async Task<Error?> AddPlotsAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var found = await call.Rooms.Plots.SeriesAsync(call.Caller, [wanted.Owner], ct);
        if (!found.TryGet(out var plots, out var error))
        {
            return error;
        }

        foreach (var type in new[] { EventTypes.Plot, EventTypes.DebugImage, EventTypes.Vector }.Where(wanted.Wants))
        {
            var kind = EventTypes.PlotKindOf(type);
            Total += plots
                .Where(one => one.Kind == kind && wanted.Includes(new(one.Metric, one.Variant)))
                .Sum(one => one.Count);
            all.Add((offset, limit, stop) => PlotsAsync(call, wanted, kind, offset, limit, stop));
        }

        return null;
    }

    private async Task<Error?> AddLogAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var run = new RunId(wanted.Owner.Id);
        var count = await call.Rooms.Logs.CountAsync(call.Caller, run, ct);
        Total += count.IsOk ? count.Value : 0;
        all.Add((offset, limit, stop) => LogAsync(call, run, offset, limit, stop));
        return count.Error;
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> SingleValuesAsync(
        ApiCall call,
        EventSelection wanted,
        int offset,
        int limit,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Series.SingleValuesAsync(call.Caller, [wanted.Owner], ct);
        return found.Select<IReadOnlyList<JsonObject>>(values =>
            [
                .. values
                    .Select(value => value.Point)
                    .Where(point => wanted.Includes(new(point.Metric, point.Variant)))
                    .Skip(offset)
                    .Take(limit)
                    .Select(point =>
                        EventReply.Of(
                            wanted.Owner.Id,
                            new(point.Metric, point.Variant),
                            new(point.Step, point.TimestampMs, point.Value)
                        )
                    ),
            ]
        );
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> StepsAsync(
        ApiCall call,
        EventSelection wanted,
        SeriesName name,
        int offset,
        int limit,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Series.StepsAsync(call.Caller, wanted.Owner, name, ct);
        return found.Select<IReadOnlyList<JsonObject>>(steps =>
            [
                .. (wanted.IsDescending ? steps.Reverse() : steps)
                    .Skip(offset)
                    .Take(limit)
                    .Select(sample => EventReply.Of(wanted.Owner.Id, name, sample)),
            ]
        );
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> PlotsAsync(
        ApiCall call,
        EventSelection wanted,
        PlotKind? kind,
        int offset,
        int limit,
        CancellationToken ct
    )
    {
        var query = new PlotQuery([wanted.Owner], kind)
        {
            Names = wanted.Names,
            Descending = wanted.IsDescending,
            Offset = offset,
            Limit = limit,
        };
        var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
        return found.Select<IReadOnlyList<JsonObject>>(page => [.. page.Items.Select(EventReply.Of)]);
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> LogAsync(
        ApiCall call,
        RunId run,
        int offset,
        int limit,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Logs.FollowAsync(call.Caller, run, offset, null, null, follow: false, ct);
        if (!found.TryGet(out var lines, out var error))
        {
            return error;
        }

        var events = new List<JsonObject>();
        await foreach (var line in lines.Take(limit).WithCancellation(ct))
        {
            events.Add(EventReply.Of(run, line));
        }

        return events;
    }
}
