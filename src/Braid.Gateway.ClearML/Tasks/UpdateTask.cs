using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.update</c>: changes what a task says of itself, whatever its status.</summary>
internal static class UpdateTask
{
    private static readonly string[] changeable =
    [
        "name",
        "tags",
        "system_tags",
        "comment",
        "project",
        "status_message",
        "output__error",
    ];

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var error = fields.Text("output__error");
        var change = new RunChange
        {
            Name = fields.Text("name")?.Trim(),
            Comment = fields.Text("comment"),
            Project = fields.OptionalProject("project"),
            StatusMessage = fields.Text("status_message"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
            SystemLabels = fields.Has("system_tags") ? fields.Names("system_tags") : null,
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var updated = await call.Rooms.Runs.ChangeAsync(call.Caller, id, run => WithError(change, run, error), ct);
        return updated.Select(_ => Documents.Updated(fields.Json, changeable));
    }

    private static RunChange WithError(RunChange change, Run run, string? error)
    {
        if (error is null)
        {
            return change;
        }

        var output = Documents.ParseObject(run.Documents.Output);
        output["error"] = error;
        return change with { Documents = new() { Output = output.ToJsonString() } };
    }
}
