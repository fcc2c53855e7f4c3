using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Data.Naming;

namespace Braid.Gateway.Web.Tests.PipelineViews;

/// <summary>What the pages ask about pipelines, of a door whose loops do not run: jobs are made and stay where they are.</summary>
internal static class PipelineCalls
{
    public const string Edges = """
        {"pipeline": {"name": "edges"}, "description": "finds edges", "transform": {"cmd": ["true"]},
         "input": {"pfs": {"repo": "images", "glob": "/*"}}}
        """;

    public const string Montage = """
        {"pipeline": {"name": "montage"}, "transform": {"cmd": ["true"]},
         "input": {"cross": [{"pfs": {"repo": "edges", "glob": "/"}}, {"cron": {"name": "tick", "spec": "@never"}}]}}
        """;

    /// <summary>A server with a repo of one file and the pipelines of these specs.</summary>
    public static async Task<WebHost> StartAsync(params string[] specs)
    {
        var host = await WebHost.StartAsync();
        await host.Rooms.Data.EnsureDefaultProjectAsync(default);
        var images = new RepoName("default", "images");
        await host.Rooms.Data.Repos.CreateAsync(WebHost.Internal, images, "", update: false, default);
        await CommitAsync(host, "/file");
        foreach (var spec in specs)
        {
            await host.SendAsync(HttpMethod.Put, "/api/pipelines", $$"""{"spec": {{spec}}}""");
        }

        return host;
    }

    public static async Task CommitAsync(WebHost host, string path)
    {
        var images = new RepoName("default", "images");
        using var edits = (
            await host.Rooms.Data.Files.EditAsync(WebHost.Internal, images, CommitSpec.OfBranch("master"), default)
        ).Value;
        await edits.AppendAsync(path, Encoding.UTF8.GetBytes("x"), default);
        Assert.True((await edits.ApplyAsync(default)).IsOk);
    }

    public static async Task<JsonObject> GetAsync(this WebHost host, string path) =>
        await host.Client.GetFromJsonAsync<JsonObject>(path) ?? [];

    public static async Task<JsonObject> SendAsync(
        this WebHost host,
        HttpMethod method,
        string path,
        string body = "{}",
        HttpStatusCode status = HttpStatusCode.OK,
        string type = "application/json"
    )
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonObject>() ?? [];
    }
}
