using Braid.Gateway.Web.Login;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.QueueLists;

/// <summary>The calls about queues.</summary>
internal static class QueueRoutes
{
    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        var queues = new QueueEndpoints(rooms, session);
        app.MapGet("/api/queues", queues.ListAsync);
        app.MapGet("/api/queues/{queue}", queues.GetAsync);
        app.MapPost("/api/queues/{queue}/runs/{id}/move", queues.MoveAsync);
        app.MapDelete("/api/queues/{queue}/runs/{id}", queues.RemoveAsync);
    }
}
