using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary><c>GET /api/runs?limit=N</c>: the newest runs.</summary>
internal sealed class RunListEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostRuns = 500;

    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var answer = caller.IsOk
            ? await ListAsync(caller.Value, LimitOf(context), context.RequestAborted)
            : caller.Error;
        await Answer.SendAsync(context, answer);
    }

    private static int LimitOf(HttpContext context) =>
        int.TryParse(context.Request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Clamp(limit, 1, mostRuns)
            : mostRuns;

    private async Task<Result<JsonObject>> ListAsync(Caller caller, int limit, CancellationToken ct)
    {
        var query = new RunQuery
        {
            OrderBy = [new Order(RunFields.Created, Descending: true)],
            Limit = limit,
            Parts = RunParts.None,
        };
        var runs = await rooms.Runs.QueryAsync(caller, query, ct);
        if (!runs.IsOk)
        {
            return runs.Error;
        }

        var projects = await ProjectNamesAsync(caller, runs.Value.Items, ct);
        return projects.Select(names => new JsonObject
        {
            // A project that was deleted between the two looks has no name any more.
            ["runs"] = Answer.List(
                runs.Value.Items,
                run => RunJson.Summary(run, names.GetValueOrDefault(run.ProjectId, ""))
            ),
        });
    }

    private async Task<Result<Dictionary<ProjectId, string>>> ProjectNamesAsync(
        Caller caller,
        IReadOnlyList<Run> runs,
        CancellationToken ct
    )
    {
        var query = new ProjectQuery
        {
            Ids = [.. runs.Select(run => run.ProjectId).Distinct()],
            Lifecycle = Tracking.Lifecycle.Any,
        };
        var projects = await rooms.Projects.ListAsync(caller, query, ct);
        return projects.Select(page => page.Items.ToDictionary(project => project.Id, project => project.Name));
    }
}
