using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.edit_runtime</c>: what a program notes of itself, key by key.</summary>
internal static class EditRuntime
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var set = call.Fields.Object("add_or_update") ?? [];
        var removed = call.Fields.Names("remove");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Runs.ChangeAsync(
            call.Caller,
            id,
            run =>
            {
                var runtime = Documents.ParseObject(run.Documents.Runtime);
                foreach (var (key, value) in set)
                {
                    runtime[key] = value?.DeepClone();
                }

                foreach (var key in removed)
                {
                    runtime.Remove(key);
                }

                return new RunChange { Documents = new() { Runtime = runtime.ToJsonString() } };
            },
            ct
        );
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }
}
