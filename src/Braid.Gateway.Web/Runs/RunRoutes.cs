using Braid.Gateway.Web.Compare;
using Braid.Gateway.Web.Curves;
using Braid.Gateway.Web.Finding;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.ModelLists;
using Braid.Gateway.Web.ProjectLists;
using Braid.Gateway.Web.Runs.Changes;
using Braid.Gateway.Web.Runs.Console;
using Braid.Gateway.Web.Runs.Files;
using Braid.Gateway.Web.Runs.Plots;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.Runs;

/// <summary>The paths below which the pages find runs, and what belongs to them.</summary>
internal static class RunRoutes
{
    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        MapLists(app, rooms, session);
        app.MapGet("/api/runs/{id}", new RunEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/runs/{id}/code.patch", new PatchEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/runs/{id}/metrics", new MetricListEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/curves", new CurvesEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/compare", new CompareEndpoint(rooms, session).AnswerAsync);
        MapChanges(app, rooms, session);
        MapPlots(app, rooms, session);
        MapConsole(app, rooms, session);
        MapFiles(app, rooms, session);
        app.MapGet(
            "/api/runs/{id}/live",
            new LiveEndpoint(rooms, session, app.Lifetime.ApplicationStopping).AnswerAsync
        );
    }

    private static void MapLists(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapGet("/api/find", new FindEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/models", new ModelListEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/projects", new ProjectListEndpoint(rooms, session).AnswerAsync);
        var runs = new RunListEndpoint(rooms, session);
        app.MapGet("/api/runs", runs.AnswerAsync);
        app.MapGet("/api/runs/count", runs.CountAsync);
        app.MapGet("/api/runs/columns", new RunColumnsEndpoint(rooms, session).AnswerAsync);
    }

    private static void MapChanges(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapPatch("/api/runs/{id}", new RunEditEndpoint(rooms, session).AnswerAsync);
        app.MapPost("/api/runs/{id}/clone", new RunCloneEndpoint(rooms, session).AnswerAsync);
        var actions = new RunActionEndpoint(rooms, session);
        app.MapPost("/api/runs/actions", actions.ActAsync);
        app.MapPost("/api/runs/remains", actions.MeasureAsync);
        app.MapGet("/api/runs/queues", new QueueNamesEndpoint(rooms, session).AnswerAsync);
    }

    private static void MapPlots(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        var plots = new PlotEndpoint(rooms, session);
        app.MapGet("/api/runs/{id}/plots", plots.ListAsync);
        app.MapGet("/api/runs/{id}/plots/figure", plots.FigureAsync);
        app.MapGet("/api/runs/{id}/samples", new SampleEndpoint(rooms, session).AnswerAsync);
    }

    private static void MapConsole(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        var log = new LogEndpoint(rooms, session);
        app.MapGet("/api/runs/{id}/log", log.SliceAsync);
        app.MapGet("/api/runs/{id}/log/find", log.FindAsync);
        app.MapGet("/api/runs/{id}/log/workers", new LogWorkersEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/runs/{id}/log.txt", new LogTextEndpoint(rooms, session).AnswerAsync);
    }

    private static void MapFiles(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapGet("/api/runs/{id}/files", new FileListEndpoint(rooms, session).AnswerAsync);
        var files = new FileEndpoint(rooms, session);
        app.MapGet("/api/runs/{id}/files/{**path}", files.FileAsync);
        app.MapGet("/api/runs/{id}/artifacts/{**key}", files.ArtifactAsync);
        app.MapGet("/api/runs/{id}/stored", files.StoredAsync);
    }
}
