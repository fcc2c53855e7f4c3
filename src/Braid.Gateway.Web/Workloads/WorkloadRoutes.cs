using Braid.Gateway.Web.Login;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.Workloads;

/// <summary>The calls about shares, machines, submitted work and distributed jobs.</summary>
internal static class WorkloadRoutes
{
    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        var answer = new RecordAnswer(session);
        var shares = new ShareEndpoints(rooms, answer);
        app.MapGet("/api/shares", shares.ListAsync);
        app.MapGet("/api/shares/fair", shares.FairAsync);
        app.MapGet("/api/shares/history", shares.HistoryAsync);
        app.MapPost("/api/shares", shares.CreateAsync);
        app.MapPatch("/api/shares/{name}", shares.ChangeAsync);
        app.MapDelete("/api/shares/{name}", shares.DeleteAsync);
        var nodes = new NodeEndpoints(rooms, answer);
        app.MapGet("/api/nodes", nodes.ListAsync);
        app.MapPost("/api/nodes/{name}/cordon", nodes.CordonAsync);
        app.MapPost("/api/nodes/{name}/uncordon", nodes.UncordonAsync);
        app.MapDelete("/api/nodes/{name}", nodes.DeleteAsync);
        var workloads = new WorkloadEndpoints(rooms, answer);
        app.MapGet("/api/workloads", workloads.ListAsync);
        app.MapPost("/api/workloads", workloads.SubmitAsync);
        app.MapGet("/api/workloads/{which}", workloads.GetAsync);
        app.MapDelete("/api/workloads/{which}", workloads.StopAsync);
        app.MapPost("/api/workloads/{which}/suspend", workloads.SuspendAsync);
        app.MapPost("/api/workloads/{which}/resume", workloads.ResumeAsync);
        var jobs = new JobEndpoints(rooms, answer);
        app.MapGet("/api/jobs", jobs.ListAsync);
        app.MapPost("/api/jobs", jobs.SubmitAsync);
        var explain = new ExplainEndpoints(rooms, answer);
        app.MapGet("/api/workloads/{which}/explain", explain.ExplainAsync);
        app.MapPost("/api/whatif", explain.SupposeAsync);
        app.MapPost("/api/whatif/replay", explain.ReplayAsync);
    }
}
