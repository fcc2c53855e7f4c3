using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// <c>auth.logout</c> and <c>login.logout</c>: the token that was sent, and those it was renewed to, are worth nothing any more; the
/// cookie goes. The key pair still holds.
/// </summary>
internal static class LogOut
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        if (SentCredentials.Of(call.Http.Request) is SentCredentials.Token sent)
        {
            await call.Rooms.Access.EndSessionAsync(sent.Text, ct);
        }

        TokenCookie.Clear(call.Http);
        return new JsonObject();
    }
}
