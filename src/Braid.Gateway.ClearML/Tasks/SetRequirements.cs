using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.set_requirements</c>: the packages that a task's program needs.</summary>
internal static class SetRequirements
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var requirements = fields.Object("requirements");
        if (requirements is null)
        {
            fields.Refuse(Errors.MissingField("requirements"));
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var updated = await call.Rooms.Runs.ChangeAsync(call.Caller, id, run => Change(run, requirements), ct);
        return updated.Select(_ => new JsonObject
        {
            ["updated"] = 1,
            ["fields"] = new JsonObject { ["script.requirements"] = requirements?.DeepClone() },
        });
    }

    private static RunChange Change(Run run, JsonObject? requirements)
    {
        var script = Documents.ParseObject(run.Documents.Script);
        script["requirements"] = requirements?.DeepClone();
        return new() { Documents = new() { Script = script.ToJsonString() } };
    }
}
