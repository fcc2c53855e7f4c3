using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.edit</c>: changes what a draft is made of; with force, what any task is made of.</summary>
internal static class EditTask
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var isForced = fields.Flag("force") == true;
        var body = TaskBody.Read(call);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var edited = await call.Rooms.Runs.ChangeAsync(
            call.Caller,
            id,
            run => isForced ? body.ChangeOf(run) : IfDraft(run, body.ChangeOf(run)),
            ct
        );
        return edited.Select(_ => Documents.Updated(fields.Json, TaskBody.Changeable));
    }

    private static Result<RunChange> IfDraft(Run run, RunChange change) =>
        run.Status == RunStatus.Created ? change : Errors.NotADraft(run.Status.ToText());
}
