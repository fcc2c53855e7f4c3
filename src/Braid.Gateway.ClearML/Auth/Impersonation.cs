using Braid.Access.Callers;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// An administrator speaks for another user: with <c>X-Clearml-Impersonate-As</c> as that user, who may what that user may; with
/// <c>X-Clearml-Act-As</c> in that user's name, who still may all.
/// </summary>
internal static class Impersonation
{
    /// <summary>The caller whom the request's headers name; the one who sent it when they name none.</summary>
    public static async Task<Result<Caller>> ApplyAsync(
        HttpRequest request,
        ClearMLRooms rooms,
        Caller sender,
        CancellationToken ct
    )
    {
        var (user, name) = (request.Headers.ClearML("Impersonate-As"), request.Headers.ClearML("Act-As"));
        if ((user ?? name) is not { } id)
        {
            return sender;
        }

        if (sender.MayAdminister() is not null)
        {
            return Errors.MayNotImpersonate(sender.Name);
        }

        if (user is not null && name is not null)
        {
            return Errors.TwoIdentities();
        }

        var found = await rooms.Users.GetAsync(sender, id, ct);
        return found.Select(other => user is null ? new Caller.Administrator(other.Id) : Roles.CallerOf(other));
    }
}
