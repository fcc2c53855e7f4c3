using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs.Listing;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary>
/// <c>GET /api/runs</c>: a page of the table of runs, the newest first unless asked otherwise, and <c>GET /api/runs/count</c>: how many
/// there are. Both take <c>filter</c>, <c>q</c>, <c>project</c> and <c>archived</c> (those that were put away instead); a page also <c>sort</c>, <c>column</c> (several), <c>limit</c> and
/// <c>page</c>, which is the <c>next</c> of the page before.
/// </summary>
internal sealed class RunListEndpoint(WebRooms rooms, BrowserSession session)
{
    public Task AnswerAsync(HttpContext context) => AnswerAsync(context, ListAsync);

    public Task CountAsync(HttpContext context) => AnswerAsync(context, CountAsync);

    private async Task AnswerAsync(
        HttpContext context,
        Func<Caller, RunTable, RunQuery, CancellationToken, Task<Result<JsonObject>>> answer
    )
    {
        var caller = await session.FindCallerAsync(context);
        var table = RunTable.Read(context.Request);
        if ((caller.Error ?? table.Error) is { } problem)
        {
            await Answer.SendAsync(context, problem);
            return;
        }

        var query = await table.Value.QueryAsync(rooms, caller.Value, context.RequestAborted);
        await Answer.SendAsync(
            context,
            query.IsOk ? await answer(caller.Value, table.Value, query.Value, context.RequestAborted) : query.Error
        );
    }

    private async Task<Result<JsonObject>> CountAsync(
        Caller caller,
        RunTable table,
        RunQuery query,
        CancellationToken ct
    ) => (await rooms.Runs.CountAsync(caller, query, ct)).Select(count => new JsonObject { ["count"] = count });

    private async Task<Result<JsonObject>> ListAsync(
        Caller caller,
        RunTable table,
        RunQuery query,
        CancellationToken ct
    )
    {
        var runs = await rooms.Runs.QueryAsync(caller, query, ct);
        if (!runs.IsOk)
        {
            return runs.Error;
        }

        var projects = await ProjectNames.OfAsync(rooms, caller, runs.Value.Items.Select(run => run.ProjectId), ct);
        var steps = await StepCells.ReadAsync(rooms, caller, runs.Value.Items, table.Columns, ct);
        return (projects.Error ?? steps.Error) is { } refused
            ? refused
            : Write(runs.Value, table, run => Write(run, table.Columns, projects.Value, steps.Value));
    }

    private static JsonObject Write(Page<Run> runs, RunTable table, Func<Run, JsonObject> write) =>
        new()
        {
            ["runs"] = Answer.List(runs.Items, write),
            ["next"] = runs.More ? $"{table.Offset + table.Limit}" : null,
        };

    private static JsonObject Write(
        Run run,
        IReadOnlyList<RunColumn> columns,
        IReadOnlyDictionary<ProjectId, string> names,
        StepCells steps
    )
    {
        var row = RunJson.Summary(run, names.GetValueOrDefault(run.ProjectId, ""));
        var cells = new JsonObject();
        foreach (var column in columns)
        {
            cells[column.Name] = column.Step is null ? column.Read(run) : steps.Of(run, column);
        }

        row["cells"] = cells;
        return row;
    }
}
