using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Models;

/// <summary>
/// <c>models.update_for_task</c>, of clients before 2.13: the one model that a task makes, which is made, changed, or given by
/// <c>override_model_id</c>.
/// </summary>
internal static class UpdateModelOfTask
{
    private const string link = "Output Model";

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var given = fields.OptionalModel("override_model_id");
        var change = ModelBody.Read(fields);
        if (given is null && change.Uri is null)
        {
            fields.Refuse(Errors.MissingField("uri"));
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Models, ct);
        if (!found.TryGet(out var task, out var error))
        {
            return error;
        }

        var known = given ?? task.Models.LastOrDefault(one => one is { Kind: RunModelKind.Output, Name: link })?.Model;
        var model = known is { } stored
            ? await call.Rooms.Models.UpdateAsync(call.Caller, stored, given is null ? change : new(), ct)
            : await CreateAsync(call, task, change, ct);
        if (!model.TryGet(out var made, out var refused))
        {
            return refused;
        }

        var linked = new RunChange
        {
            SetModels = [new(RunModelKind.Output, link, made.Id)],
            LastIteration = fields.Whole("iteration"),
        };
        var updated = await call.Rooms.Runs.UpdateAsync(call.Caller, id, linked, ct);
        return updated.Select(_ => Reply(fields, made.Id, isNew: known is null));
    }

    private static Task<Result<Model>> CreateAsync(ApiCall call, Run task, ModelChange change, CancellationToken ct) =>
        call.Rooms.Models.CreateAsync(
            call.Caller,
            new()
            {
                Name = change.Name ?? task.Name,
                Project = task.ProjectId,
                Run = task.Id,
                With = change,
            },
            ct
        );

    private static JsonObject Reply(Fields fields, ModelId id, bool isNew)
    {
        var reply = Replies.Documents.Updated(fields.Json, ModelBody.Changeable);
        reply["id"] = id.ToString();
        reply["created"] = isNew;
        reply["updated"] = isNew ? 0 : 1;
        return reply;
    }
}
