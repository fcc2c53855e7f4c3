using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.move</c> and <c>tasks.update_tags</c>: the same change of each task that is listed.</summary>
internal static class MoveTasks
{
    public static Task<Result<JsonObject>> MoveAsync(ApiCall call, CancellationToken ct) =>
        AllAlike.MoveAsync(
            call,
            async (task, project) =>
                RunId.TryParse(task, out var id)
                    ? (
                        await call.Rooms.Runs.UpdateAsync(call.Caller, id, new RunChange { Project = project }, ct)
                    ).Error
                    : Errors.NoSuchTask(task),
            ct
        );

    public static Task<Result<JsonObject>> LabelAsync(ApiCall call, CancellationToken ct) =>
        AllAlike.LabelAsync(
            call,
            async (task, relabel) =>
                RunId.TryParse(task, out var id)
                    ? (
                        await call.Rooms.Runs.ChangeAsync(
                            call.Caller,
                            id,
                            run => new RunChange { Labels = relabel(run.Labels) },
                            ct
                        )
                    ).Error
                    : Errors.NoSuchTask(task)
        );
}
