using System.Text.Json.Nodes;
using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// <c>auth.create_credentials</c>, <c>get_credentials</c>, <c>edit_credentials</c>, <c>revoke_credentials</c>: the caller's own key
/// pairs.
/// </summary>
internal static class Keys
{
    public static async Task<Result<JsonObject>> CreateAsync(ApiCall call, CancellationToken ct)
    {
        var label = call.Fields.Text("label") ?? "";
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Keys.CreateAsync(call.Caller, label, ct);
        return made.Select(keys => new JsonObject
        {
            ["credentials"] = new JsonObject
            {
                ["access_key"] = keys.AccessKey,
                ["secret_key"] = keys.SecretKey,
                ["label"] = label,
            },
        });
    }

    public static async Task<Result<JsonObject>> ListAsync(ApiCall call, CancellationToken ct)
    {
        var found = await call.Rooms.Keys.ListAsync(call.Caller, ct);
        return found.Select(keys => new JsonObject { ["credentials"] = new JsonArray([.. keys.Select(Write)]) });
    }

    public static async Task<Result<JsonObject>> RelabelAsync(ApiCall call, CancellationToken ct)
    {
        var (accessKey, label) = (call.Fields.RequiredText("access_key"), call.Fields.Text("label") ?? "");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Keys.RelabelAsync(call.Caller, accessKey, label, ct);
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }

    /// <summary>A key that is gone is revoked already.</summary>
    public static async Task<Result<JsonObject>> RevokeAsync(ApiCall call, CancellationToken ct)
    {
        var accessKey = call.Fields.RequiredText("access_key");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var revoked = await call.Rooms.Keys.RevokeAsync(call.Caller, accessKey, ct);
        return revoked.IsOk || revoked.Error.Kind == ErrorKind.NotFound
            ? new JsonObject { ["revoked"] = revoked.IsOk ? 1 : 0 }
            : revoked.Error;
    }

    private static JsonObject Write(UserKey key) =>
        new JsonObject
        {
            ["access_key"] = key.AccessKey,
            ["label"] = key.Label,
            ["last_used"] = Times.Iso(key.LastUsedAt),
            ["last_used_from"] = key.LastUsedAt is null ? null : key.LastUsedFrom,
        }.WithoutNulls();
}
