using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Primitives;

namespace Braid.Gateway.Web.Tests.Keys;

public sealed class KeyTests
{
    private static readonly Dictionary<string, object> noClaims = [];

    [Fact]
    public async Task A_key_pair_comes_in_the_block_that_clearml_init_takes_and_is_not_shown_again()
    {
        await using var host = await WebHost.StartAsync(open: false);
        SignIn(host, WebHost.Admin.AccessKey);

        using var answer = await host.Client.PostAsJsonAsync("/api/keys", new { label = "laptop" });
        var made = await JsonAsync(answer);

        var configuration = made["configuration"]!.GetValue<string>();
        var lines = configuration.Split('\n');
        var port = host.Client.BaseAddress!.Port;
        Assert.Equal(
            [
                "api {",
                $"""  web_server: "http://127.0.0.1:{port}" """.TrimEnd(),
                """  api_server: "http://127.0.0.1:18008" """.TrimEnd(),
                """  files_server: "http://127.0.0.1:18081" """.TrimEnd(),
                "  credentials {",
                $"""    "access_key" = "{made["access_key"]}" """.TrimEnd(),
            ],
            lines[..6]
        );
        Assert.Equal(["  }", "}", ""], lines[7..]);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var keys = new KeyPair(made["access_key"]!.GetValue<string>(), lines[6].Split('"')[3]);
        Assert.True((await host.Rooms.Authenticator.FromKeyAsync(keys, default)).IsOk);

        var listed = await host.Client.GetStringAsync("/api/keys");
        Assert.Contains(keys.AccessKey, listed, StringComparison.Ordinal);
        Assert.Contains("laptop", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(keys.SecretKey, listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://braid.example.com", "https://braid.example.com", "https://braid.example.com:18008")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080", "http://[::1]:18008")]
    public async Task The_addresses_are_those_that_the_browser_uses(string origin, string web, string api)
    {
        await using var host = await WebHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/keys");
        request.Headers.Add("Origin", origin);
        request.Content = JsonContent.Create(new { });

        var made = await JsonAsync(await host.Client.SendAsync(request));

        var configuration = made["configuration"]!.GetValue<string>();
        Assert.Contains($"web_server: \"{web}\"\n", configuration, StringComparison.Ordinal);
        Assert.Contains($"api_server: \"{api}\"\n", configuration, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://a\"b")]
    public async Task An_origin_that_is_no_address_is_not_repeated(string origin)
    {
        await using var host = await WebHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/keys");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Content = JsonContent.Create(new { });

        var made = await JsonAsync(await host.Client.SendAsync(request));

        Assert.Contains(
            "web_server: \"http://127.0.0.1:",
            made["configuration"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_revoked_pair_is_gone_with_the_sessions_that_it_opened()
    {
        await using var host = await WebHost.StartAsync(open: false);
        SignIn(host, WebHost.Admin.AccessKey);
        var made = await JsonAsync(await host.Client.PostAsJsonAsync("/api/keys", new { label = "" }));
        var accessKey = made["access_key"]!.GetValue<string>();
        SignIn(host, accessKey);

        using var revoked = await host.Client.DeleteAsync($"/api/keys/{accessKey}");
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        using var after = await host.Client.GetAsync("/api/keys");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);

        SignIn(host, WebHost.Admin.AccessKey);
        using var again = await host.Client.DeleteAsync($"/api/keys/{accessKey}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using var own = await host.Client.DeleteAsync($"/api/keys/{WebHost.Admin.AccessKey}");
        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
    }

    [Fact]
    public async Task Strangers_and_jobs_get_no_keys()
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var stranger = await host.Client.PostAsJsonAsync("/api/keys", new { label = "" });
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);

        var job = new Caller.Job(
            new(IdSource.System.Next()),
            new(IdSource.System.Next()),
            "attempt",
            new HashSet<string>()
        );
        var keys = await host.Rooms.Database.WriteAsync(
            db => host.Rooms.Authenticator.IssueForJobAsync(db, job),
            default
        );
        SignIn(host, keys.AccessKey);
        using var listed = await host.Client.GetAsync("/api/keys");
        Assert.Equal(HttpStatusCode.Forbidden, listed.StatusCode);
        using var made = await host.Client.PostAsJsonAsync("/api/keys", new { label = "" });
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "label=x")]
    [InlineData("text/plain", "{}")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", """{"label":7}""")]
    [InlineData("application/json", """{"label":"\ud800"}""")]
    [InlineData("application/json", """{"label":"a\u202eb"}""")]
    public async Task What_does_not_ask_for_a_key_pair_gets_none(string type, string body)
    {
        await using var host = await WebHost.StartAsync();

        using var answer = await host.Client.PostAsync("/api/keys", new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var listed = JsonNode.Parse(await host.Client.GetStringAsync("/api/keys"))!;
        Assert.Empty(listed["keys"]!.AsArray());
    }

    private static void SignIn(WebHost host, string accessKey) =>
        host.Client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            host.Rooms.Authenticator.IssueToken(accessKey, TimeSpan.FromDays(1), noClaims)
        );

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
