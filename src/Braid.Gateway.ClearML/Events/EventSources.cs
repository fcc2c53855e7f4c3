using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
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
    EventOrder Order
)
{
    public bool WantsLog => this is { Owner.IsModel: false, Names: null } && Wants(EventTypes.Log);

    public bool Wants(string type) => Type == "*" || Type == type;

    public bool Includes(string metric, string variant) =>
        Names?.Any(one => one.Metric == metric && (one.Variant ?? variant) == variant) ?? true;
}

/// <summary>The lanes of a selection: single values, series, plots of each kind.</summary>
internal sealed class EventSources(ApiCall call, EventSelection wanted)
{
    private readonly List<(EventLane, LaneReader)> lanes = [];
    private readonly List<SeriesName> series = [];
    private long others;

    public IReadOnlyList<(EventLane, LaneReader)> Lanes => lanes;

    public static async Task<Result<EventSources>> FindAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var sources = new EventSources(call, wanted);
        var error = wanted.Wants(EventTypes.Scalar) ? await sources.AddSeriesAsync(ct) : null;
        error ??= await sources.AddPlotsAsync(ct);
        return error is null ? sources : error;
    }

    /// <summary>How many events there are in all lanes.</summary>
    public async Task<Result<long>> CountAsync(CancellationToken ct)
    {
        var counts = await call.Rooms.Series.CountStepsAsync(call.Caller, wanted.Owner, series, ct);
        return counts.Select(steps => others + steps.Sum());
    }

    private async Task<Error?> AddSeriesAsync(CancellationToken ct)
    {
        var found = await call.Rooms.Series.ListAsync(call.Caller, [wanted.Owner], ct);
        var single = await call.Rooms.Series.SingleValuesAsync(call.Caller, [wanted.Owner], ct);
        if ((found.Error ?? single.Error) is { } error)
        {
            return error;
        }

        series.AddRange(found.Value.Select(one => one.Name).Where(name => wanted.Includes(name.Metric, name.Variant)));
        lanes.AddRange(
            series.Select(name => (new EventLane(EventKind.Scalar, name.Metric, name.Variant), Steps(name)))
        );
        foreach (var (_, point) in single.Value.Where(one => wanted.Includes(one.Point.Metric, one.Point.Variant)))
        {
            lanes.Add((new(EventKind.SingleValue, point.Metric, point.Variant), SingleValue(point)));
            others++;
        }

        return null;
    }

    private async Task<Error?> AddPlotsAsync(CancellationToken ct)
    {
        var found = await call.Rooms.Plots.SeriesAsync(call.Caller, [wanted.Owner], ct);
        foreach (var plots in found.IsOk ? found.Value : [])
        {
            var (kind, type) = Named(plots.Kind);
            if (wanted.Wants(type) && wanted.Includes(plots.Metric, plots.Variant))
            {
                lanes.Add((new(kind, plots.Metric, plots.Variant), Plots(plots)));
                others += plots.Count;
            }
        }

        return found.Error;
    }

    private static (EventKind Kind, string Type) Named(PlotKind kind) =>
        kind switch
        {
            PlotKind.Plot => (EventKind.Plot, EventTypes.Plot),
            PlotKind.DebugSample => (EventKind.DebugImage, EventTypes.DebugImage),
            _ => (EventKind.Vector, EventTypes.Vector),
        };

    private LaneReader Steps(SeriesName name) =>
        async (beyond, size, ct) =>
        {
            var page = new StepPage(size, beyond, wanted.Order.IsDescending);
            var found = await call.Rooms.Series.StepsAsync(call.Caller, wanted.Owner, name, page, ct);
            return found.Select<IReadOnlyList<(long, JsonObject)>>(steps =>
                [.. steps.Select(sample => (sample.Step, EventReply.Of(wanted.Owner.Id, name, sample)))]
            );
        };

    /// <summary>It has the smallest iteration of all.</summary>
    private LaneReader SingleValue(Point point) =>
        (beyond, _, _) =>
        {
            var isPassed = beyond is { } last && (!wanted.Order.IsDescending || last <= point.Step);
            var sample = new Sample(point.Step, point.TimestampMs, point.Value);
            var name = new SeriesName(point.Metric, point.Variant);
            return Task.FromResult(
                Result.Ok<IReadOnlyList<(long, JsonObject)>>(
                    isPassed ? [] : [(point.Step, EventReply.Of(wanted.Owner.Id, name, sample))]
                )
            );
        };

    private LaneReader Plots(PlotSeries plots) =>
        async (beyond, size, ct) =>
        {
            if (RangeBeyond(beyond) is not { } range)
            {
                return Result.Ok<IReadOnlyList<(long, JsonObject)>>([]);
            }

            var query = new PlotQuery([wanted.Owner], plots.Kind)
            {
                Names = [(plots.Metric, plots.Variant)],
                Range = range,
                Descending = wanted.Order.IsDescending,
                Limit = size,
            };
            var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
            return found.Select<IReadOnlyList<(long, JsonObject)>>(page =>
                [.. page.Items.Select(plot => (plot.Iteration, EventReply.Of(plot)))]
            );
        };

    /// <summary>Null when there is no iteration beyond.</summary>
    private (long From, long To)? RangeBeyond(long? beyond) =>
        (beyond, wanted.Order.IsDescending) switch
        {
            (null, _) => (long.MinValue, long.MaxValue),
            (long.MaxValue, false) or (long.MinValue, true) => null,
            ({ } last, false) => (last + 1, long.MaxValue),
            ({ } last, true) => (long.MinValue, last - 1),
        };
}
