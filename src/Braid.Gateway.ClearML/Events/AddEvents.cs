using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.add_batch</c>, <c>events.add</c>: 1 read the events and sort them by owner and kind; 2 refuse those of owners
/// that are unknown or locked; 3 append the rest; 4 answer how many came in and why others did not.
/// </summary>
internal static class AddEvents
{
    public static Task<Result<JsonObject>> BatchAsync(ApiCall call, CancellationToken ct)
    {
        var batch = NewBatch(call);
        return batch.ReadLines(call.Batch.Span) is { } malformed // 1
            ? Task.FromResult<Result<JsonObject>>(malformed)
            : AddAsync(call, batch, ct);
    }

    public static Task<Result<JsonObject>> OneAsync(ApiCall call, CancellationToken ct)
    {
        var batch = NewBatch(call);
        batch.Read(call.Fields.Json); // 1
        return AddAsync(call, batch, ct);
    }

    private static EventBatch NewBatch(ApiCall call) => new(call.Worker, call.Rooms.Clock.GetUtcNow());

    private static async Task<Result<JsonObject>> AddAsync(ApiCall call, EventBatch batch, CancellationToken ct)
    {
        var added = 0;
        foreach (var owner in batch.ByOwner.Where(owner => owner.Count > 0))
        {
            var refused = await WhyLockedAsync(call, owner, ct) ?? await AppendAsync(call, owner, batch, ct); // 2, 3
            if (refused is null)
            {
                added += owner.Count;
            }
            else
            {
                batch.Refuse(refused.Message, owner.Count);
            }
        }

        return Reply(added, batch); // 4
    }

    private static async Task<Error?> WhyLockedAsync(ApiCall call, OwnerEvents events, CancellationToken ct)
    {
        if (events.Owner.IsModel)
        {
            var model = await call.Rooms.Models.GetAsync(call.Caller, new ModelId(events.Owner.Id), ct);
            var isReady = model is { IsOk: true, Value.IsPublished: true };
            return isReady && !events.AllowsLocked ? Errors.ModelIsReady(model.Value.Id) : model.Error;
        }

        var run = new RunId(events.Owner.Id);
        var status = await call.Rooms.Runs.StatusAsync(call.Caller, run, ct);
        var isLocked = status is { IsOk: true, Value: RunStatus.Published or RunStatus.Publishing };
        return isLocked && !events.AllowsLocked ? Errors.TaskIsPublished(run) : status.Error;
    }

    private static async Task<Error?> AppendAsync(
        ApiCall call,
        OwnerEvents events,
        EventBatch batch,
        CancellationToken ct
    )
    {
        var (rooms, owner) = (call.Rooms, events.Owner);
        var error = events.Points.Count > 0 ? await AppendPointsAsync(call, events, batch, ct) : null;
        if (error is null && events.Plots.Count > 0)
        {
            error = (await rooms.Plots.PutAsync(call.Caller, owner, events.Plots, ct)).Error;
        }

        if (error is null && events.Lines.Count > 0)
        {
            error = (await rooms.Logs.AppendAsync(call.Caller, new RunId(owner.Id), events.Lines, ct)).Error;
        }

        return error;
    }

    /// <summary>Where new series are too many, the points of known ones go in all the same.</summary>
    private static async Task<Error?> AppendPointsAsync(
        ApiCall call,
        OwnerEvents events,
        EventBatch batch,
        CancellationToken ct
    )
    {
        var error = (await call.Rooms.Series.AppendAsync(call.Caller, events.Owner, events.Points, ct)).Error;
        if (error?.Code != "tracking.too-many-series")
        {
            return error;
        }

        var found = await call.Rooms.Series.ListAsync(call.Caller, [events.Owner], ct);
        if (!found.TryGet(out var all, out var unknown))
        {
            return unknown;
        }

        var known = all.Select(series => series.Name).ToHashSet();
        var left = events.Points.RemoveAll(point => !known.Contains(new(point.Metric, point.Variant)));
        batch.Refuse(error.Message, left);
        return (await call.Rooms.Series.AppendAsync(call.Caller, events.Owner, events.Points, ct)).Error;
    }

    private static Result<JsonObject> Reply(int added, EventBatch batch)
    {
        if (added == 0)
        {
            return Errors.NoEventsAdded(string.Join("; ", batch.Errors.Keys));
        }

        var reasons = batch.Errors.Select(error => KeyValuePair.Create(error.Key, (JsonNode?)error.Value));
        return new JsonObject
        {
            ["added"] = added,
            ["errors"] = batch.Errors.Values.Sum(),
            ["errors_info"] = new JsonObject(reasons),
        };
    }
}
