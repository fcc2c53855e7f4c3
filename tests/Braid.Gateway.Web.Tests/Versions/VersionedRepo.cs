using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests.Versions;

/// <summary>A repo of the test's own, and asking for what is in it.</summary>
internal sealed class VersionedRepo : IAsyncDisposable
{
    public const string Path = "/api/data/repos/default/images";

    private VersionedRepo(WebHost host) => Host = host;

    public WebHost Host { get; }

    public static async Task<VersionedRepo> MakeAsync()
    {
        var repo = new VersionedRepo(await WebHost.StartAsync());
        await repo.Host.Rooms.Data.EnsureDefaultProjectAsync(default);
        await repo.OkAsync(
            repo.Host.Client.PostAsJsonAsync(
                "/api/data/repos",
                new
                {
                    project = "default",
                    name = "images",
                    description = "what cameras saw",
                }
            )
        );
        return repo;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public Task<JsonObject> AskAsync(string path) => OkAsync(Host.Client.GetAsync($"{Path}{path}"));

    /// <summary>The id of the commit that holds them.</summary>
    public async Task<string> PutAsync(string branch, params (string Path, string Text)[] files) =>
        (string)(await OkAsync(SendAsync(branch, "more", files)))["id"]!;

    public Task<HttpResponseMessage> SendAsync(
        string branch,
        string message,
        params (string Path, string Text)[] files
    ) => Host.Client.PutAsync($"{Path}/branches/{branch}/files", Body(message, files));

    public static MultipartFormDataContent Body(string message, params (string Path, string Text)[] files)
    {
        var body = new MultipartFormDataContent
        {
            { JsonContent.Create(new { message, paths = files.Select(file => file.Path) }), "list" },
        };
        foreach (var (_, text) in files)
        {
            body.Add(new StringContent(text), "file", "file");
        }

        return body;
    }

    public async Task<JsonObject> OkAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
