using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.ModelLists;
using Braid.Gateway.Web.Versions;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary><c>GET /api/runs/ID</c>: all of a run but what it logs by and by (metrics, console, files), which has paths of its own.</summary>
internal sealed class RunEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostChildren = 1000;
    private const RunParts parts = RunParts.Parameters | RunParts.Tags | RunParts.Artifacts | RunParts.Models;

    public Task AnswerAsync(HttpContext context) => new CallerAnswer(session).SendAsync(context, ReadAsync);

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId id, CancellationToken ct)
    {
        var run = await rooms.Runs.GetAsync(caller, id, parts, ct);
        if (!run.IsOk)
        {
            return run.Error;
        }

        var project = await rooms.Projects.GetAsync(caller, run.Value.ProjectId, ct);
        var inputs = await rooms.Inputs.OfRunAsync(caller, id, ct);
        var datasets = await rooms.Inputs.DatasetsAsync(caller, [id], ct);
        var models = await rooms.Models.QueryAsync(caller, new() { Runs = [id] }, ct);
        var loaded = await LoadedAsync(caller, run.Value, ct);
        var children = await rooms.Runs.QueryAsync(caller, ChildrenOf(id), ct);
        if (
            (project.Error ?? inputs.Error ?? datasets.Error ?? models.Error ?? loaded.Error ?? children.Error) is
            { } refused
        )
        {
            return refused;
        }

        var answer = RunJson.Details(run.Value, project.Value.Name);
        answer["inputs"] = Answer.List(inputs.Value, RunJson.Input);
        answer["datasets"] = Answer.List(datasets.Value, RunJson.Dataset);
        var job = await rooms.Pipelines.Jobs.FindByRunAsync(caller, id, ct);
        answer["job"] = job.IsOk ? VersionJson.Write(job.Value) : null;
        answer["outputs"] = job.IsOk
            ? new JsonArray(VersionJson.Write(OutputOf(job.Value), job.Value.Spec.OutputBranch))
            : new JsonArray();
        answer["models"] = Answer.List(models.Value.Items, ModelJson.Write);
        answer["loaded"] = loaded.Value;
        answer["children"] = Answer.List(children.Value.Items, child => RunJson.Summary(child, ""));
        return answer;
    }

    /// <summary>The models that it read, under its names for them; those that are gone, or that the caller may not see, are left out.</summary>
    private async Task<Result<JsonArray>> LoadedAsync(Caller caller, Run run, CancellationToken ct)
    {
        var links = run.Models.Where(link => link.Kind == RunModelKind.Input).ToList();
        if (links.Count == 0)
        {
            return new JsonArray();
        }

        var query = new ModelQuery
        {
            Ids = [.. links.Select(link => link.Model).Distinct()],
            Lifecycle = Lifecycle.Any,
        };
        var found = await rooms.Models.QueryAsync(caller, query, ct);
        return found.Select(page =>
        {
            var models = page.Items.ToDictionary(model => model.Id);
            return Answer.List(
                links.Where(link => models.ContainsKey(link.Model)),
                link => new JsonObject { ["as"] = link.Name, ["model"] = ModelJson.Write(models[link.Model]) }
            );
        });
    }

    /// <summary>A pipeline writes to the repo of its name, in the job's commit set.</summary>
    private static CommitName OutputOf(Job job) => new(new(job.Pipeline.Project, job.Pipeline.Name), job.Set);

    private static RunQuery ChildrenOf(RunId id) =>
        new()
        {
            Where = new Filter.Compare(RunFields.Parent, Comparison.Equal, id.ToString()),
            OrderBy = [new Order(RunFields.Created)],
            Limit = mostChildren,
            Parts = RunParts.None,
        };
}
