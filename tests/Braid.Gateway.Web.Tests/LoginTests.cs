using System.Net;
using Braid.Access.Credentials;

namespace Braid.Gateway.Web.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task Without_a_session_nothing_is_shown_when_credentials_are_demanded()
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
        Assert.Equal("/login?wrong&to=%2F", answer.Headers.Location?.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/keys", "/keys")]
    [InlineData("/runs/1?tab=log", "/runs/1?tab=log")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("/keys\r\nSet-Cookie: a=b", "/")]
    public async Task A_session_goes_on_at_the_page_of_this_server_that_asked_for_it(string to, string page)
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var wrong = await LogInAsync(host, WebHost.Admin with { SecretKey = "guess" }, to);
        Assert.Equal($"/login?wrong&to={Uri.EscapeDataString(page)}", wrong.Headers.Location?.ToString());

        using var right = await LogInAsync(host, WebHost.Admin, to);
        Assert.Equal(page, right.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_session_that_was_logged_out_is_worth_nothing_to_who_kept_its_cookie()
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

    private static Task<HttpResponseMessage> LogInAsync(WebHost host, KeyPair keys, string to = "/") =>
        host.Client.PostAsync(
            "/login",
            new FormUrlEncodedContent([
                new("access_key", keys.AccessKey),
                new("secret_key", keys.SecretKey),
                new("to", to),
            ])
        );
}
