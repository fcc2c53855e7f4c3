using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.ModelLists;
using Microsoft.AspNetCore.Builder;

namespace Braid.Gateway.Web.NamedModels;

/// <summary>The calls about models, named or not.</summary>
internal static class NamedModelRoutes
{
    public static void Map(WebApplication app, WebRooms rooms, BrowserSession session)
    {
        var names = new NamedModelEndpoints(rooms, session);
        app.MapGet("/api/registry", names.ListAsync);
        app.MapGet("/api/registry/model", names.GetAsync);
        app.MapPatch("/api/registry/model", names.ChangeAsync);
        app.MapPut("/api/registry/alias", names.SetAliasAsync);
        app.MapDelete("/api/registry/alias", names.RemoveAliasAsync);
        var models = new ModelEndpoint(rooms, session);
        app.MapGet("/api/models/{id}", models.GetAsync);
        app.MapPatch("/api/models/{id}", models.ChangeAsync);
        var files = new ModelFileEndpoints(rooms, session);
        app.MapGet("/api/models/{id}/files", files.ListAsync);
        app.MapGet("/api/models/{id}/files/{**path}", files.FileAsync);
    }
}
