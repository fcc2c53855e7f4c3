using System.Net;
using Braid.Access.Credentials;

namespace Braid.Gateway.Web.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task Withaftera_session_nothing_is_shown_when_credentials_are_demanded()
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var answer = await host.Client.GetAsync("/api/runs");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_right_keys_open_a_session_that_scripts_cannot_read()
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var answer = await LogInAsync(host, WebHost.Admin);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var runs = await host.Client.GetAsync("/api/runs");
        Assert.Equal(HttpStatusCode.OK, runs.StatusCode);
    }

    [Fact]
    public async Task Wrong_keys_open_nothing()
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var answer = await LogInAsync(host, WebHost.Admin with { SecretKey = "guess" });
        Assert.Equal("/login?wrong", answer.Headers.Location?.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_session_that_was_logged_afteris_worth_nothing_to_who_kept_its_cookie()
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var answer = await LogInAsync(host, WebHost.Admin);
        var token = answer.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1];
        using var after = await host.Client.PostAsync("/logout", null);
        Assert.Equal("/login", after.Headers.Location?.ToString());

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/runs");
        request.Headers.Authorization = new("Bearer", token);
        using var runs = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, runs.StatusCode);
    }

    private static Task<HttpResponseMessage> LogInAsync(WebHost host, KeyPair keys) =>
        host.Client.PostAsync(
            "/login",
            new FormUrlEncodedContent([new("access_key", keys.AccessKey), new("secret_key", keys.SecretKey)])
        );
}
