using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Files;
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
        var (files, urls) = (FileUrls.Fate(fields), FileUrls.Asked(fields));
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (urls is not null && await urls.AddTaskAsync(call, id, ct) is { } unread)
        {
            return unread;
        }

        var drafts = deletesModels ? await OutputModels.DeleteDraftsAsync(call, id, files, ct) : OutputModels.None;
        if (!drafts.TryGet(out var models, out var refused))
        {
            return refused;
        }

        urls?.AddModels(models);
        var reset = await call.Rooms.Runs.ResetAsync(call.Caller, id, isForced, files, ct);
        if (reset.IsOk && clearsAll)
        {
            var documents = new RunDocuments { Script = empty, Execution = empty };
            reset = await call.Rooms.Runs.UpdateAsync(call.Caller, id, new() { Documents = documents }, ct);
        }

        return reset.Select(run => Reply(run, models.Count, urls));
    }

    private static JsonObject Reply(Run run, int deletedModels, FileUrls? urls)
    {
        var data = ChangeStatus.Reply(run);
        data["dequeued"] = new JsonObject { ["removed"] = 0 };
        data["deleted_models"] = deletedModels;
        data["events"] = new JsonObject();
        data["urls"] = urls?.ToJson();
        return data;
    }
}
