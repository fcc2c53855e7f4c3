using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Users;

/// <summary>Users that tests make, and the credentials they call with.</summary>
internal static class People
{
    public const string Company = "d1bd92a3b039400cbafc60a7a5b1e52b";

    /// <summary>Makes an ordinary user, by the administrator's hand, and a key pair for it; calls go on as before.</summary>
    public static async Task<KeyPair> HireAsync(this ClearMLHost host, string id, string role = "user")
    {
        using var admin = new ApiClient(host.Api.Address);
        admin.Use(ClearMLHost.Admin);
        await admin.DataAsync("users.create", $$"""{"id":"{{id}}","company":"{{Company}}","name":"{{id}} the user"}""");
        await admin.DataAsync("auth.edit_user", $$"""{"user":"{{id}}","role":"{{role}}"}""");
        var token = await admin.DataAsync("auth.get_token_for_user", $$"""{"user":"{{id}}"}""");
        using var user = new ApiClient(host.Api.Address);
        user.Use(token["token"]!.GetValue<string>());
        return await user.CreateKeysAsync();
    }

    public static async Task<KeyPair> CreateKeysAsync(this ApiClient api, string label = "")
    {
        var made = (await api.DataAsync("auth.create_credentials", $$"""{"label":"{{label}}"}"""))["credentials"]!;
        return new(made["access_key"]!.GetValue<string>(), made["secret_key"]!.GetValue<string>());
    }

    public static async Task<string> TokenAsync(this ApiClient api) =>
        (await api.DataAsync("auth.login"))["token"]!.GetValue<string>();

    public static async Task<(int, int)> CodeAsync(this ApiClient api, string endpoint, string json = "{}")
    {
        var reply = await api.CallAsync(endpoint, json, "2.34");
        return (reply.Code, reply.Subcode);
    }
}
