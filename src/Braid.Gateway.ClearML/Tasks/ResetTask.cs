using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.reset</c>: a draft again, without what it logged; with <c>clear_all</c>, without what it runs too.</summary>
internal static class ResetTask
{
    private const string empty = "{}";

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var isForced = fields.Flag("force") == true;
        var clearsAll = fields.Flag("clear_all") == true;
        var deletesModels = fields.Flag("delete_output_models") ?? true;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var deleted = deletesModels ? await OutputModels.DeleteDraftsAsync(call, id, ct) : 0;
        var reset = deleted.IsOk ? await call.Rooms.Runs.ResetAsync(call.Caller, id, isForced, ct) : deleted.Error;
        if (reset.IsOk && clearsAll)
        {
            var documents = new RunDocuments { Script = empty, Execution = empty };
            reset = await call.Rooms.Runs.UpdateAsync(call.Caller, id, new() { Documents = documents }, ct);
        }

        return reset.Select(run => Reply(run, deleted.Value));
    }

    private static JsonObject Reply(Run run, int deletedModels)
    {
        var data = ChangeStatus.Reply(run);
        data["dequeued"] = new JsonObject { ["removed"] = 0 };
        data["deleted_models"] = deletedModels;
        data["events"] = new JsonObject();
        data["urls"] = null;
        return data;
    }
}
