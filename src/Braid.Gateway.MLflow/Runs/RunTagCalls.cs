using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Sets and deletes a run's tags.</summary>
internal static class RunTagCalls
{
    public static async Task<Result<Answer>> SetAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var tag = RunTags.ReadOne(call.Fields);
        return (await call.ChangeRunAsync(id, RunTags.Setting([tag]), ct)).Done();
    }

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var key = call.Fields.Required("key");
        var changed = await call.ChangeRunAsync(id, RunTags.Deleting(key), ct);
        return changed.NotFoundAs($"No tag with name: {key} in run with id {id}").Done();
    }

    /// <summary>Changes a run, unless reading the request has found a problem.</summary>
    public static async Task<Result<Run>> ChangeRunAsync(
        this Call call,
        RunId id,
        RunChange change,
        CancellationToken ct
    ) => call.Fields.Problem is { } problem ? problem : await call.Rooms.Runs.UpdateAsync(call.Caller, id, change, ct);
}
