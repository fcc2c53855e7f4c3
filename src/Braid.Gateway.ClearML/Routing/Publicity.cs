using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>
/// <c>make_public</c> and <c>make_private</c>. Public means: to be read, and changed by nobody, in every workspace. This server
/// has one workspace, so there is nobody else to show a thing to, and nothing ever is public.
/// </summary>
internal static class Publicity
{
    public static Endpoint MakePublic(string service) =>
        Endpoint.Refused(
            $"{service}.make_public",
            "2.9",
            "it has one workspace, whose users see everything in it; to keep a task or model from being changed, publish it"
        );

    /// <summary>All is private already, so there is nothing to change.</summary>
    public static Endpoint MakePrivate(string service) => Endpoint.Works($"{service}.make_private", "2.9", HandleAsync);

    private static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        call.Fields.Names("ids");
        return Task.FromResult<Result<JsonObject>>(
            call.Fields.Problem is { } problem ? problem : new JsonObject { ["updated"] = 0 }
        );
    }
}
