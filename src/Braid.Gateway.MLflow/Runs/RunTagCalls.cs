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
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Runs.ChangeAsync(call.Caller, id, run => Deleting(run, key), ct);
        return changed.OnRun(id).Done();
    }

    /// <summary>Changes a run, unless reading the request has found a problem.</summary>
    public static async Task<Result<Run>> ChangeRunAsync(
        this Call call,
        RunId id,
        RunChange change,
        CancellationToken ct
    ) =>
        call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Runs.UpdateAsync(call.Caller, id, change, ct)).OnRun(id);

    private static Result<RunChange> Deleting(Run run, string key) =>
        RunTags.Of(run).Any(tag => tag.Key == key)
            ? RunTags.Deleting(run, key)
            : Errors.NotFound($"No tag with name: {key} in run with id {run.Id}");
}
