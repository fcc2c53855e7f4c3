using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Reports;

/// <summary>
/// A report's life: <c>reports.create</c>, <c>update</c>, <c>move</c>, <c>publish</c>, <c>archive</c>, <c>unarchive</c>,
/// <c>delete</c>. A report is a run of type <c>report</c>, hidden from lists of tasks; what is published changes no more.
/// </summary>
internal static class EditReport
{
    private const string type = ProjectKinds.Report;
    private static readonly string[] changeable = ["name", "tags", "comment", "report", "report_assets"];

    public static async Task<Result<JsonObject>> CreateAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var report = new NewRun
        {
            Protocol = CreateTask.Protocol,
            JoinsJob = false,
            Name = CreateTask.ReadName(fields),
            Type = type,
            Project = fields.OptionalProject("project"),
            With = ReadChange(fields)(null) with { SystemLabels = [SystemTags.Hidden] },
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Runs.CreateAsync(call.Caller, report, ct);
        return made.Select(run => new JsonObject
        {
            ["id"] = run.Id.ToString(),
            ["project_id"] = run.ProjectId.ToString(),
        });
    }

    public static async Task<Result<JsonObject>> UpdateAsync(ApiCall call, CancellationToken ct)
    {
        var updated = await ChangeAsync(call, ReadChange(call.Fields), isOfDraft: true, ct);
        return updated.Select(_ => Documents.Updated(call.Fields.Json, changeable));
    }

    public static async Task<Result<JsonObject>> MoveAsync(ApiCall call, CancellationToken ct)
    {
        var found = await FindAsync(call, ct);
        if (!found.TryGet(out var report, out var error))
        {
            return error;
        }

        var moved = await AllAlike.MoveAsync(
            call.With("ids", report.Id.ToString()),
            async (_, project) =>
                (await call.Rooms.Runs.UpdateAsync(call.Caller, report.Id, new() { Project = project }, ct)).Error,
            ct
        );
        return moved.Select(data => new JsonObject { ["project_id"] = data["project_id"]!.DeepClone() });
    }

    public static async Task<Result<JsonObject>> PublishAsync(ApiCall call, CancellationToken ct)
    {
        var commented = await CommentAsync(call, ct);
        if (!commented.TryGet(out var report, out var error))
        {
            return error;
        }

        // Nothing runs a report, so it becomes final as the draft that it is.
        var change = new StatusChange(RunStatus.Published) { Force = true };
        return (await call.Rooms.Runs.SetStatusAsync(call.Caller, report.Id, change, ct)).Select(ChangeStatus.Reply);
    }

    public static Task<Result<JsonObject>> ArchiveAsync(ApiCall call, CancellationToken ct) =>
        ThenAsync(call, "archived", ArchiveTasks.ArchiveAsync, ct);

    public static Task<Result<JsonObject>> UnarchiveAsync(ApiCall call, CancellationToken ct) =>
        ThenAsync(call, "unarchived", ArchiveTasks.UnarchiveAsync, ct);

    public static async Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct)
    {
        var found = await FindAsync(call, ct);
        return found.IsOk ? Done("deleted", await DeleteTask.HandleAsync(call, ct)) : found.Error;
    }

    private static async Task<Result<JsonObject>> ThenAsync(
        ApiCall call,
        string done,
        EndpointHandler change,
        CancellationToken ct
    )
    {
        var commented = await CommentAsync(call, ct);
        return commented.IsOk ? Done(done, await change(call, ct)) : commented.Error;
    }

    private static Result<JsonObject> Done(string what, Result<JsonObject> changed) =>
        changed.Select(_ => new JsonObject { [what] = 1 });

    private static Func<Run?, RunChange> ReadChange(Fields fields)
    {
        var text = ReportText.Read(fields);
        var change = new RunChange
        {
            Name = fields.Has("name") ? CreateTask.ReadName(fields) : null,
            Comment = fields.Text("comment"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
        };
        return stored => change with { Documents = new() { Extra = text.Over(stored) } };
    }

    /// <summary>What is said about a report may change at any time.</summary>
    private static Task<Result<Run>> CommentAsync(ApiCall call, CancellationToken ct)
    {
        var comment = call.Fields.Text("comment");
        return ChangeAsync(call, _ => new() { Comment = comment }, isOfDraft: false, ct);
    }

    private static async Task<Result<Run>> ChangeAsync(
        ApiCall call,
        Func<Run, RunChange> change,
        bool isOfDraft,
        CancellationToken ct
    )
    {
        var id = call.Fields.Task();
        return call.Fields.Problem is { } problem
            ? problem
            : await call.Rooms.Runs.ChangeAsync(
                call.Caller,
                id,
                run =>
                    run.Type != type ? Errors.ReportsOnly(id)
                    : isOfDraft && run.Status == RunStatus.Published ? Errors.NotADraft(run.Status.ToText())
                    : change(run),
                ct
            );
    }

    private static async Task<Result<Run>> FindAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        return found is { IsOk: true, Value.Type: not type } ? Errors.ReportsOnly(id) : found;
    }
}
