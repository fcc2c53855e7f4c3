using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary><c>GET /api/runs/ID</c>: a run with its parameters, metrics, inputs, models and steps.</summary>
internal sealed class RunEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostChildren = 1000;

    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        Result<JsonObject> answer =
            !caller.IsOk ? caller.Error
            : !id.IsOk ? id.Error
            : await ReadAsync(caller.Value, id.Value, context.RequestAborted);
        await Answer.SendAsync(context, answer);
    }

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId id, CancellationToken ct)
    {
        var run = await rooms.Runs.GetAsync(caller, id, RunParts.Parameters | RunParts.Metrics, ct);
        if (!run.IsOk)
        {
            return run.Error;
        }

        var project = await rooms.Projects.GetAsync(caller, run.Value.ProjectId, ct);
        var inputs = await rooms.Inputs.OfRunAsync(caller, id, ct);
        var models = await rooms.Models.QueryAsync(caller, new() { Runs = [id] }, ct);
        var children = await rooms.Runs.QueryAsync(caller, ChildrenOf(id), ct);
        if ((project.Error ?? inputs.Error ?? models.Error ?? children.Error) is { } refused)
        {
            return refused;
        }

        return new JsonObject
        {
            ["run"] = RunJson.Summary(run.Value, project.Value.Name),
            ["parameters"] = Answer.List(run.Value.Parameters, WriteParameter),
            ["metrics"] = Answer.List(run.Value.Metrics, WriteMetric),
            ["inputs"] = Answer.List(inputs.Value, WriteInput),
            ["models"] = Answer.List(models.Value.Items, WriteModel),
            ["children"] = Answer.List(children.Value.Items, child => RunJson.Summary(child, "")),
        };
    }

    private static RunQuery ChildrenOf(RunId id) =>
        new()
        {
            Where = new Filter.Compare(RunFields.Parent, Comparison.Equal, id.ToString()),
            OrderBy = [new Order(RunFields.Created)],
            Limit = mostChildren,
            Parts = RunParts.None,
        };

    private static JsonObject WriteParameter(RunParameter parameter) =>
        new()
        {
            ["section"] = parameter.Section,
            ["name"] = parameter.Name,
            ["value"] = parameter.Value,
        };

    private static JsonObject WriteMetric(SeriesSummary series) =>
        new()
        {
            ["metric"] = series.Metric,
            ["variant"] = series.Variant,
            ["count"] = series.Count,
            ["last"] = Answer.Number(series.Last.Value),
            ["min"] = Answer.Number(series.Min.Value),
            ["max"] = Answer.Number(series.Max.Value),
        };

    private static JsonObject WriteInput(RunInput input) =>
        new()
        {
            ["name"] = input.Name,
            ["repo"] = input.Repo,
            ["branch"] = input.Branch,
            ["commit"] = input.Commit,
        };

    private static JsonObject WriteModel(Model model) =>
        new()
        {
            ["id"] = model.Id.ToString(),
            ["name"] = model.RegisteredName ?? model.Name,
            ["version"] = model.Version,
            ["uri"] = model.Uri,
        };
}
