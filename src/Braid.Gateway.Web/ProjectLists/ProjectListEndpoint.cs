using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.ProjectLists;

/// <summary><c>GET /api/projects</c>: the projects of runs by name, and how many runs each has itself.</summary>
internal sealed class ProjectListEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostProjects = 5000;

    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        await Answer.SendAsync(
            context,
            caller.IsOk ? await ListAsync(caller.Value, context.RequestAborted) : caller.Error
        );
    }

    private async Task<Result<JsonObject>> ListAsync(Caller caller, CancellationToken ct)
    {
        var query = new ProjectQuery { OrderBy = [new Order(ProjectFields.Name)], Limit = mostProjects };
        var projects = await rooms.Projects.ListAsync(caller, query, ct);
        var runs = await rooms.Runs.CountByProjectAsync(caller, new RunQuery(), ct);
        return (projects.Error ?? runs.Error) is { } refused
            ? refused
            : new JsonObject
            {
                ["projects"] = Answer.List(
                    projects.Value.Items,
                    project => new JsonObject
                    {
                        ["name"] = project.Name,
                        ["runs"] = runs.Value.GetValueOrDefault(project.Id),
                    }
                ),
            };
    }
}
