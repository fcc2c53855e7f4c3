using Braid.Gateway.Web.AuditLists;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.People;
using Braid.Gateway.Web.SecretLists;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.Installations;

/// <summary>The calls about who uses the server, and how it is.</summary>
internal static class AdministrationRoutes
{
    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        app.MapGet("/api/installation", new InstallationEndpoint(rooms, session).AnswerAsync);
        app.MapGet("/api/audit", new AuditEndpoint(rooms, session).AnswerAsync);
        var users = new UserEndpoints(rooms, session);
        app.MapGet("/api/users", users.ListAsync);
        app.MapPost("/api/users", users.CreateAsync);
        app.MapPatch("/api/users/{id}", users.ChangeAsync);
        app.MapDelete("/api/users/{id}", users.DeleteAsync);
        var secrets = new SecretListEndpoint(rooms, session);
        app.MapGet("/api/secrets", secrets.ListAsync);
        app.MapDelete("/api/secrets/{name}", secrets.DeleteAsync);
    }
}
