using Braid.Gateway.Web.JobViews;
using Braid.Gateway.Web.Login;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>The paths below which the pages find pipelines, their jobs and these jobs' datums.</summary>
internal static class PipelineRoutes
{
    private const string pipeline = "/api/pipelines/{project}/{name}";
    private const string job = $"{pipeline}/jobs/{{job}}";
    private const string datum = $"{job}/datums/{{datum}}";

    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapGet("/api/pipelines", new PipelineListEndpoint(rooms.Pipelines, session).AnswerAsync);
        app.MapPut("/api/pipelines", new SpecEndpoint(rooms.Pipelines, session).AnswerAsync);
        app.MapGet(
            "/api/pipelines/live",
            new PipelineLiveEndpoint(rooms.Database, session, app.Lifetime.ApplicationStopping).AnswerAsync
        );
        app.MapGet(pipeline, new PipelineEndpoint(rooms.Pipelines, session).AnswerAsync);
        var actions = new PipelineActions(rooms.Pipelines, session);
        app.MapPost($"{pipeline}/start", actions.StartAsync);
        app.MapPost($"{pipeline}/stop", actions.StopAsync);
        app.MapPost($"{pipeline}/tick", actions.TickAsync);
        app.MapPost($"{pipeline}/rerun", actions.RerunAsync);
        app.MapDelete(pipeline, actions.DeleteAsync);
        MapJobs(app, rooms, session);
    }

    private static void MapJobs(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapGet($"{pipeline}/jobs", new JobListEndpoint(rooms.Pipelines, session).AnswerAsync);
        app.MapGet(job, new JobEndpoint(rooms, session).AnswerAsync);
        app.MapPost($"{job}/stop", new JobEndpoint(rooms, session).StopAsync);
        app.MapGet($"{job}/datums", new DatumListEndpoint(rooms.Pipelines, session).AnswerAsync);
        var datums = new DatumEndpoint(rooms.Pipelines, session);
        app.MapGet(datum, datums.AnswerAsync);
        app.MapGet($"{datum}/log", datums.LogAsync);
        app.MapPost($"{datum}/restart", datums.RestartAsync);
    }
}
