using System.Buffers.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Auth;

public sealed class LogInTests
{
    [Fact]
    public async Task A_key_pair_gets_a_token_that_tells_the_contract()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);

        var reply = await host.Api.CallAsync("auth.login");

        var token = reply.Data["token"]!.GetValue<string>();
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        Assert.Equal("2.34", claims["api_version"]!.GetValue<string>());
        Assert.Equal("2.3.0", claims["server_version"]!.GetValue<string>());
        Assert.Equal("basic", claims["feature_set"]!.GetValue<string>());
        Assert.Equal(2_592_000, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
        Assert.Equal("admin", claims["identity"]!["user"]!.GetValue<string>());
        Assert.StartsWith(
            $"clearml_token_basic={token}; ",
            Assert.Single(reply.Headers!.GetValues("Set-Cookie")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_token_is_good_for_calls_and_for_a_fresh_token()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);
        host.Api.Use((await host.Api.DataAsync("auth.login"))["token"]!.GetValue<string>());

        var fresh = await host.Api.DataAsync("auth.login", """{"expiration_sec":60}""");

        host.Api.Use(fresh["token"]!.GetValue<string>());
        var user = await host.Api.DataAsync("users.get_current_user");
        Assert.Equal("admin", user["user"]!["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("auth.login", null, 401, 20)]
    [InlineData("users.get_current_user", null, 401, 20)]
    [InlineData("users.get_current_user", "Basic !!!", 401, 21)]
    [InlineData("users.get_current_user", "Basic bm9jb2xvbg==", 401, 21)]
    [InlineData("users.get_current_user", "Digest x", 401, 21)]
    [InlineData("users.get_current_user", "Basic QURNSU5LRVk6d3Jvbmc=", 401, 22)]
    [InlineData("users.get_current_user", "Bearer a.b.c", 401, 30)]
    [InlineData("reports.create", null, 401, 20)]
    [InlineData("debug.ping", "Bearer a.b.c", 200, 0)]
    public async Task What_is_wrong_with_credentials_is_told_apart(
        string endpoint,
        string? header,
        int code,
        int subcode
    )
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + endpoint);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        var reply = await host.Api.SendAsync(request);

        Assert.Equal((code, subcode), (reply.Code, reply.Subcode));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("31536001")]
    [InlineData("\"soon\"")]
    public async Task A_lifetime_out_of_range_is_refused(string seconds)
    {
        await using var host = await ClearMLHost.StartAsync();
        host.Api.Use(ClearMLHost.Admin);

        var reply = await host.Api.CallAsync("auth.login", $$"""{"expiration_sec":{{seconds}}}""");

        Assert.Equal((400, 12), (reply.Code, reply.Subcode));
    }

    [Fact]
    public async Task An_open_server_takes_calls_without_credentials()
    {
        await using var host = await ClearMLHost.StartAsync(open: true);

        Assert.Equal(
            "admin",
            (await host.Api.DataAsync("users.get_current_user"))["user"]!["role"]!.GetValue<string>()
        );
        Assert.Equal(
            (401, 20),
            ((await host.Api.CallAsync("auth.login")) is var reply ? (reply.Code, reply.Subcode) : default)
        );
    }

    [Fact]
    public async Task The_cookie_stands_for_the_token_and_the_header_wins()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var token = host.Rooms.Access.IssueToken("ADMINKEY", TimeSpan.FromDays(1), new Dictionary<string, object>());
        using var byCookie = new HttpRequestMessage(HttpMethod.Get, "/users.get_current_user");
        byCookie.Headers.Add("Cookie", $"clearml_token_basic={token}");
        using var both = new HttpRequestMessage(HttpMethod.Get, "/users.get_current_user");
        both.Headers.Add("Cookie", $"clearml_token_basic={token}");
        both.Headers.Add("Authorization", "Bearer wrong");

        Assert.Equal(200, (await host.Api.SendAsync(byCookie)).Code);
        Assert.Equal(401, (await host.Api.SendAsync(both)).Code);
    }
}
