using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Finds one run; a deleted one too.</summary>
internal static class RunLookups
{
    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        return call.Fields.Problem is { } problem ? problem : (await call.RunViewAsync(id, ct)).Select(RunJson.Answer);
    }

    public static async Task<Result<RunView>> RunViewAsync(this Call call, RunId id, CancellationToken ct)
    {
        var found = await call.RunAsync(id, RunView.Parts, ct);
        return found.IsOk ? await RunView.OfAsync(call, found.Value, ct) : found.Error;
    }

    public static async Task<Result<Run>> RunAsync(this Call call, RunId id, RunParts parts, CancellationToken ct) =>
        (await call.Rooms.Runs.GetAsync(call.Caller, id, parts, ct)).OnRun(id);
}
