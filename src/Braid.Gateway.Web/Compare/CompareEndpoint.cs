using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Curves;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Compare;

/// <summary>
/// <c>GET /api/compare?run=ID&amp;run=ID</c>: of each run what a comparison lays side by side, in the order that was asked for. Runs that
/// are not there, or that the caller may not see, are left out.
/// </summary>
internal sealed class CompareEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostRuns = 50;
    private const RunParts parts = RunParts.Parameters | RunParts.Tags | RunParts.Metrics | RunParts.Models;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(context, (caller, ct) => ReadAsync(caller, IdsOf(context.Request), ct));

    private static List<RunId> IdsOf(HttpRequest request)
    {
        var ids = new List<RunId>();
        foreach (var text in request.Query["run"].Distinct(StringComparer.Ordinal).Take(mostRuns))
        {
            if (RunId.TryParse(text, out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, List<RunId> ids, CancellationToken ct)
    {
        var runs = await rooms.Runs.GetManyAsync(caller, ids, parts, ct);
        if (!runs.IsOk)
        {
            return runs.Error;
        }

        var projects = await ProjectNames.OfAsync(rooms, caller, runs.Value.Select(run => run.ProjectId), ct);
        var datasets = await rooms.Inputs.DatasetsAsync(caller, [.. runs.Value.Select(run => run.Id)], ct);
        if ((projects.Error ?? datasets.Error) is { } refused)
        {
            return refused;
        }

        var named = datasets.Value.ToLookup(input => input.Run);
        var contents = new ReadContents(rooms, caller);
        var written = new JsonArray();
        foreach (var run in runs.Value.OrderBy(run => ids.IndexOf(run.Id)))
        {
            var inputs = await rooms.Inputs.OfRunAsync(caller, run.Id, ct);
            if (!inputs.IsOk)
            {
                return inputs.Error;
            }

            var answer = Write(run, projects.Value, named[run.Id]);
            answer["inputs"] = await contents.WriteAsync(inputs.Value, ct);
            answer["spent"] = await SpentAsync(caller, run.Id, ct);
            written.Add(answer);
        }

        return new JsonObject { ["runs"] = written };
    }

    /// <summary>Null for a run that no machine was given to from here.</summary>
    private async Task<JsonObject?> SpentAsync(Caller caller, RunId run, CancellationToken ct)
    {
        var work = await rooms.Workloads.Workloads.GetAsync(caller, run, ct);
        return work.IsOk ? Spent.Write(work.Value, rooms.Clock.GetUtcNow()) : null;
    }

    private static JsonObject Write(Run run, Dictionary<ProjectId, string> projects, IEnumerable<DatasetInput> datasets)
    {
        var answer = RunJson.Details(run, projects.GetValueOrDefault(run.ProjectId, ""));
        answer["metrics"] = Answer.List(run.Metrics, MetricListEndpoint.Write);
        answer["datasets"] = Answer.List(datasets, RunJson.Dataset);
        answer["inputModels"] = Answer.List(run.Models.Where(one => one.Kind == RunModelKind.Input), WriteLink);
        return answer;
    }

    private static JsonObject WriteLink(RunModel link) =>
        new() { ["name"] = link.Name, ["id"] = link.Model.ToString() };
}
