using Braid.Gateway.Web.Agents;
using Braid.Gateway.Web.Events;
using Braid.Gateway.Web.Integrity;
using Braid.Gateway.Web.Keys;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Overlaps;
using Braid.Gateway.Web.Pages;
using Braid.Gateway.Web.Plans;
using Braid.Gateway.Web.Runs;
using Braid.Gateway.Web.Space;
using Braid.Gateway.Web.Workloads;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web;

/// <summary>The browser's port: pages, the JSON they ask for, and a live stream for each run.</summary>
public static class WebDoor
{
    public static void Map(WebApplication app, WebRooms rooms)
    {
        app.Use(BrowserDefences.AddAsync);
        var session = new BrowserSession(rooms.Authenticator);
        session.Map(app);
        StaticPages.Map(app);
        app.MapGet("/health", () => "OK");
        app.MapGet("/api/runs", new RunListEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/runs/{id}", new RunEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/runs/{id}/series", new SeriesEndpoint(rooms, session).AnswerAsync);
        var events = new EventFileEndpoints(rooms, session);
        app.MapGet("/api/runs/{id}/events", events.ListAsync);
        app.MapPut("/api/runs/{id}/events/{**path}", events.PutAsync);
        var keys = new KeyEndpoints(rooms, session);
        app.MapGet("/api/keys", keys.ListAsync);
        app.MapPost("/api/keys", keys.CreateAsync);
        app.MapDelete("/api/keys/{key}", keys.RevokeAsync);
        var space = new SpaceEndpoints(rooms.Sweeper, session);
        app.MapGet("/api/gc", space.StateAsync);
        app.MapPost("/api/gc/plan", space.PlanAsync);
        app.MapPost("/api/gc/apply/{plan}", space.ApplyAsync);
        var overlaps = new OverlapEndpoints(rooms.Data, session);
        app.MapGet("/api/overlaps", overlaps.ReportAsync);
        app.MapPut("/api/role", overlaps.SetRoleAsync);
        app.MapPost("/api/plan", new PlanEndpoint(rooms.Plans, session).AnswerAsync);
        app.MapPost("/api/scrub", new ScrubEndpoint(rooms.Content, rooms.Roots, session).AnswerAsync);
        var agents = new AgentEndpoints(rooms, session);
        app.MapPost("/api/agent/register", agents.RegisterAsync);
        app.MapPost("/api/agent/ask", agents.AskAsync);
        app.MapPost("/api/agent/report", agents.ReportAsync);
        app.MapPost("/api/agent/lines", agents.AppendAsync);
        WorkloadRoutes.Map(app, rooms, session);
        app.MapGet(
            "/api/runs/{id}/live",
            new LiveEndpoint(rooms, session, app.Lifetime.ApplicationStopping).AnswerAsync
        );
    }
}
