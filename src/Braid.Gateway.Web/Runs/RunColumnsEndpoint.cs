using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary>
/// <c>GET /api/runs/columns?project=</c>: the keys of the parameters and metrics that runs have, the newest thousand of them: going through
/// the metrics of all would take longer than anybody waits.
/// </summary>
internal sealed class RunColumnsEndpoint(WebRooms rooms, BrowserSession session)
{
    private static readonly WordScope newest = new() { Newest = 1000 };

    private readonly UsedWords words = new(rooms.Database);

    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var scope = caller.IsOk ? await ScopeAsync(caller.Value, context) : caller.Error;
        await Answer.SendAsync(
            context,
            scope.IsOk ? await ReadAsync(caller.Value, scope.Value, context.RequestAborted) : scope.Error
        );
    }

    private async Task<Result<WordScope>> ScopeAsync(Caller caller, HttpContext context)
    {
        var name = context.Request.Query["project"].ToString();
        if (name.Length == 0)
        {
            return newest;
        }

        var project = await rooms.Projects.GetAsync(caller, name, context.RequestAborted);
        return project.Select(found => newest with { Projects = [found.Id], IncludeSubprojects = true });
    }

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, WordScope scope, CancellationToken ct)
    {
        var parameters = await words.ParametersAsync(caller, Labelled.Runs, scope, ct);
        var series = await words.SeriesAsync(caller, Labelled.Runs, scope, ct);
        return (parameters.Error ?? series.Error) is { } refused
            ? refused
            : new JsonObject
            {
                ["params"] = Answer.List(parameters.Value, one => ParameterKeys.KeyOf(one.Section, one.Name)),
                ["metrics"] = Answer.List(series.Value, name => name.Key),
            };
    }
}
