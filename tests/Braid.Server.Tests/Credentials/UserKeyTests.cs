using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Credentials;

namespace Braid.Server.Tests.Credentials;

/// <summary>A key pair that is made in the browser, at the doors of the whole server.</summary>
public sealed class UserKeyTests
{
    private static readonly (string Door, string Path)[] calls =
    [
        ("clearml", "/tasks.get_all"),
        ("mlflow", "/api/2.0/mlflow/experiments/search?max_results=10"),
    ];

    [Fact]
    public async Task A_pair_made_in_the_browser_opens_other_doors_until_it_is_revoked()
    {
        await using var server = await RunningServer.StartAsync(auth: true);
        var cookie = await SignInAsync(server);
        using var made = await AskAsync(server, cookie, HttpMethod.Post, "/api/keys", new { label = "laptop" });
        var configuration = JsonNode.Parse(await made.Content.ReadAsStringAsync())![
            "configuration"
        ]!.GetValue<string>();
        var keys = new KeyPair(Value(configuration, "\"access_key\""), Value(configuration, "\"secret_key\""));

        Assert.Equal(server.Url("clearml"), Value(configuration, "api_server"));
        Assert.Equal(server.Url("files"), Value(configuration, "files_server"));
        Assert.Equal(server.Url("web"), Value(configuration, "web_server"));
        Assert.All(await CallAsync(server, keys), code => Assert.Equal(HttpStatusCode.OK, code));

        using var revoked = await AskAsync(server, cookie, HttpMethod.Delete, $"/api/keys/{keys.AccessKey}", null);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.All(await CallAsync(server, keys), code => Assert.Equal(HttpStatusCode.Unauthorized, code));
    }

    private static async Task<string> SignInAsync(RunningServer server)
    {
        var keys = server.Administrator();
        using var form = new FormUrlEncodedContent([
            new("access_key", keys.AccessKey),
            new("secret_key", keys.SecretKey),
        ]);
        using var answer = await server.Http.PostAsync(server.Url("web") + "/login", form);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static Task<HttpResponseMessage> AskAsync(
        RunningServer server,
        string cookie,
        HttpMethod verb,
        string path,
        object? body
    )
    {
        var request = new HttpRequestMessage(verb, server.Url("web") + path);
        request.Headers.Add("Cookie", cookie);
        request.Content = body is null ? null : JsonContent.Create(body);
        return server.Http.SendAsync(request);
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> CallAsync(RunningServer server, KeyPair keys)
    {
        var codes = new List<HttpStatusCode>();
        foreach (var (door, path) in calls)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Url(door) + path);
            request.Headers.Authorization = new(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"))
            );
            using var answer = await server.Http.SendAsync(request);
            codes.Add(answer.StatusCode);
        }

        return codes;
    }

    /// <summary>The quoted value of a line of the block.</summary>
    private static string Value(string configuration, string name) =>
        configuration
            .Split('\n')
            .Select(line => line.Trim())
            .Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Split('"')[1];
}
