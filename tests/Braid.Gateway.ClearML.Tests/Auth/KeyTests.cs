using System.Text.Json.Nodes;
using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;

namespace Braid.Gateway.ClearML.Tests.Auth;

public sealed class KeyTests
{
    [Fact]
    public async Task A_user_makes_labels_lists_and_revokes_keys()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var first = await host.HireAsync("ann");
        host.Api.Use(first);

        var second = await host.Api.CreateKeysAsync("laptop");
        await host.Api.DataAsync(
            "auth.edit_credentials",
            $$"""{"access_key":"{{first.AccessKey}}","label":"cluster"}"""
        );

        var listed = (await host.Api.DataAsync("auth.get_credentials"))["credentials"]!.AsArray();
        Assert.Equal(
            new HashSet<(string, string)> { (first.AccessKey, "cluster"), (second.AccessKey, "laptop") },
            listed.Select(key => (Text(key, "access_key"), Text(key, "label"))).ToHashSet()
        );
        Assert.All(listed, key => Assert.Null(key!["secret_key"]));

        Assert.Equal(1, Number(await RevokeAsync(host.Api, second.AccessKey), "revoked"));
        Assert.Equal(0, Number(await RevokeAsync(host.Api, second.AccessKey), "revoked"));
        Assert.Single((await host.Api.DataAsync("auth.get_credentials"))["credentials"]!.AsArray());
        Assert.Equal(
            (400, 75),
            await host.Api.CodeAsync("auth.edit_credentials", $$"""{"access_key":"{{second.AccessKey}}","label":"x"}""")
        );
    }

    [Fact]
    public async Task A_revoked_key_and_its_tokens_stop_working_at_once()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var keys = await host.HireAsync("ann");
        host.Api.Use(keys);
        var token = await host.Api.TokenAsync();
        var kept = await host.Api.CreateKeysAsync();

        host.Api.Use(token);
        await RevokeAsync(host.Api, keys.AccessKey);

        Assert.Equal((401, 30), await host.Api.CodeAsync("users.get_current_user"));
        host.Api.Use(keys);
        Assert.Equal((401, 22), await host.Api.CodeAsync("auth.login"));
        host.Api.Use(kept);
        Assert.Equal((200, 0), await host.Api.CodeAsync("auth.login"));
    }

    [Fact]
    public async Task Nobody_lists_labels_or_revokes_the_keys_of_others()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var (ann, ben) = (await host.HireAsync("ann"), await host.HireAsync("ben"));
        host.Api.Use(ben);

        Assert.Equal(0, Number(await RevokeAsync(host.Api, ann.AccessKey), "revoked"));
        Assert.Equal(
            (400, 75),
            await host.Api.CodeAsync("auth.edit_credentials", $$"""{"access_key":"{{ann.AccessKey}}","label":"mine"}""")
        );
        var listed = (await host.Api.DataAsync("auth.get_credentials"))["credentials"]!.AsArray();
        Assert.Equal(ben.AccessKey, Text(Assert.Single(listed), "access_key"));

        host.Api.Use(ann);
        Assert.Equal((200, 0), await host.Api.CodeAsync("users.get_current_user"));
    }

    [Fact]
    public async Task The_last_use_and_the_machine_are_told_and_outlive_the_notes()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var keys = await host.HireAsync("ann");
        host.Api.Use(keys);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth.get_credentials");
        request.Headers.Add("X-ClearML-Worker", "node-7");

        var noted = (await host.Api.SendAsync(request)).Data["credentials"]![0]!;
        Assert.Equal("node-7", Text(noted, "last_used_from"));
        Assert.EndsWith("+00:00", Text(noted, "last_used"), StringComparison.Ordinal);

        await host.Rooms.Access.Uses.StepAsync(default);
        var row = await host.Database.ReadAsync(
            db =>
                db.FirstOrDefaultAsync<string>(
                    "SELECT last_used_from FROM access_key WHERE access_key = @AccessKey AND last_used_at > 0",
                    new { keys.AccessKey }
                ),
            default
        );
        Assert.Equal("node-7", row);
    }

    [Fact]
    public async Task A_user_has_a_hundred_keys_at_most()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(await host.HireAsync("ann"));
        for (var made = 1; made < UserKeys.Most; made++)
        {
            await host.Api.CreateKeysAsync();
        }

        Assert.Equal((400, 12), await host.Api.CodeAsync("auth.create_credentials"));
        host.Api.Use(await host.HireAsync("ben"));
        Assert.Equal((200, 0), await host.Api.CodeAsync("auth.create_credentials"));
    }

    [Fact]
    public async Task The_installations_key_is_listed_and_cannot_be_revoked()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);

        var listed = (await host.Api.DataAsync("auth.get_credentials"))["credentials"]!.AsArray();

        Assert.Equal(ClearMLHost.Admin.AccessKey, Text(Assert.Single(listed), "access_key"));
        Assert.Equal(
            (400, 100),
            await host.Api.CodeAsync(
                "auth.revoke_credentials",
                $$"""{"access_key":"{{ClearMLHost.Admin.AccessKey}}"}"""
            )
        );
        Assert.Equal((200, 0), await host.Api.CodeAsync("auth.login"));
    }

    [Theory]
    [InlineData("auth.create_credentials", "{}")]
    [InlineData("auth.get_credentials", "{}")]
    [InlineData("auth.revoke_credentials", """{"access_key":"ADMINKEY"}""")]
    [InlineData("users.get_preferences", "{}")]
    [InlineData("users.set_preferences", """{"preferences":{"a":1}}""")]
    [InlineData("users.get_all", "{}")]
    [InlineData("users.get_by_id", """{"user":"admin"}""")]
    [InlineData("users.update", """{"user":"job","name":"x"}""")]
    [InlineData("auth.get_token_for_user", """{"user":"admin"}""")]
    [InlineData("server.config", "{}")]
    [InlineData("server.get_stats", "{}")]
    public async Task A_job_gets_no_credentials_that_could_outlive_it_and_sees_no_users(string endpoint, string json)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.UseJobAsync("digits", "attempt-1");

        Assert.Equal((403, 20), await host.Api.CodeAsync(endpoint, json));
        Assert.Equal("job", Text((await host.Api.DataAsync("users.get_current_user"))["user"], "id"));
    }

    private static Task<JsonObject> RevokeAsync(ApiClient api, string accessKey) =>
        api.DataAsync("auth.revoke_credentials", $$"""{"access_key":"{{accessKey}}"}""");

    private static string Text(JsonNode? node, string field) => node![field]!.GetValue<string>();

    private static int Number(JsonNode? node, string field) => node![field]!.GetValue<int>();
}
