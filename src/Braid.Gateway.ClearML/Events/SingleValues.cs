using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.get_task_single_value_metrics</c>: the values that belong to tasks as a whole.</summary>
internal static class SingleValues
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var owners = call.Fields.Owners();
        var names = call.Fields.Metrics();
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Series.SingleValuesAsync(call.Caller, owners, ct);
        if (!found.TryGet(out var values, out var error))
        {
            return error;
        }

        var chosen = values
            .Where(value => Includes(names, value.Point))
            .ToLookup(value => value.Owner, value => value.Point);
        var titles = await EventOwners.NamesAsync(call, owners, ct);
        return titles.Select(byId => new JsonObject
        {
            ["tasks"] = new JsonArray([
                .. owners
                    .Where(owner => chosen.Contains(owner.Id))
                    .Select(owner => Of(owner, byId.GetValueOrDefault(owner.Id, ""), chosen[owner.Id])),
            ]),
        });
    }

    private static JsonObject Of(SeriesOwner owner, string name, IEnumerable<Point> values) =>
        new()
        {
            ["task"] = owner.Id.ToString(),
            ["task_name"] = name,
            ["values"] = new JsonArray([.. values.Select(Value)]),
        };

    private static bool Includes(IReadOnlyList<(string Metric, string? Variant)>? names, Point point) =>
        names?.Any(name => name.Metric == point.Metric && (name.Variant ?? point.Variant) == point.Variant) ?? true;

    private static JsonObject Value(Point point) =>
        new()
        {
            ["metric"] = point.Metric,
            ["variant"] = point.Variant,
            ["value"] = Numbers.Of(point.Value),
            ["timestamp"] = point.TimestampMs,
        };
}
