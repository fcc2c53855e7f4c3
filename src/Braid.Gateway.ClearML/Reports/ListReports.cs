using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking;

namespace Braid.Gateway.ClearML.Reports;

/// <summary><c>reports.get_all_ex</c>, in the query language of tasks, and <c>reports.get_tags</c>.</summary>
internal static class ListReports
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        ListTasks.OfKindAsync(call, ProjectKinds.IsReport, ct);

    public static async Task<Result<JsonObject>> TagsAsync(ApiCall call, CancellationToken ct)
    {
        var reports = new WordScope { Where = ProjectKinds.IsReport };
        var found = await call.Rooms.Words.LabelsAsync(call.Caller, Labelled.Runs, reports, ct);
        return found.Select(used => new JsonObject { ["tags"] = Documents.Labels(used.Labels) });
    }
}
