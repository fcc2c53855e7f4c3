using Braid.Gateway.Web.Agents;
using Braid.Gateway.Web.Events;
using Braid.Gateway.Web.Installations;
using Braid.Gateway.Web.Integrity;
using Braid.Gateway.Web.Keys;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.NamedModels;
using Braid.Gateway.Web.Overlaps;
using Braid.Gateway.Web.Pages;
using Braid.Gateway.Web.PipelineViews;
using Braid.Gateway.Web.Plans;
using Braid.Gateway.Web.QueueLists;
using Braid.Gateway.Web.Runs;
using Braid.Gateway.Web.Space;
using Braid.Gateway.Web.Versions;
using Braid.Gateway.Web.Workloads;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web;

/// <summary>The browser's port: the application, plain pages, the JSON they ask for, and a live stream for each run.</summary>
public static class WebDoor
{
    public static void Map(WebApplication app, WebRooms rooms)
    {
        app.Use(BrowserDefences.AddAsync);
        var session = new BrowserSession(rooms.Authenticator);
        session.Map(app);
        StaticPages.Map(app, UiFiles.Plain(), UiFiles.Application());
        app.MapGet("/health", () => "OK");
        app.MapGet("/api/me", new MeEndpoint(session).AnswerAsync);
        RunRoutes.Map(app, rooms, session);
        var events = new EventFileEndpoints(rooms, session);
        app.MapGet("/api/runs/{id}/events", events.ListAsync);
        app.MapPut("/api/runs/{id}/events/{**path}", events.PutAsync);
        var keys = new KeyEndpoints(rooms, session);
        app.MapGet("/api/keys", keys.ListAsync);
        app.MapPost("/api/keys", keys.CreateAsync);
        app.MapDelete("/api/keys/{key}", keys.RevokeAsync);
        var space = new SpaceEndpoints(new(rooms.Database, rooms.Sweeper), session);
        app.MapGet("/api/space", new UseEndpoint(rooms, session).AnswerAsync);
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
        app.MapPost("/api/agent/usage", agents.MeasureAsync);
        app.MapPut("/api/agent/events", agents.SendEventsAsync);
        app.MapPut("/api/agent/files", agents.SendFileAsync);
        VersionRoutes.Map(app, rooms, session);
        WorkloadRoutes.Map(app, rooms, session);
        PipelineRoutes.Map(app, rooms, session);
        QueueRoutes.Map(app, rooms, session);
        NamedModelRoutes.Map(app, rooms, session);
        AdministrationRoutes.Map(app, rooms, session);
    }
}
