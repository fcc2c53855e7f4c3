using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Data.Naming;

namespace Braid.Gateway.Web.Tests;

/// <summary>What the program asks about roles and overlaps.</summary>
public sealed class OverlapTests
{
    [Fact]
    public async Task A_commit_that_was_checked_is_answered_with_its_pairs()
    {
        await using var host = await WebHost.StartAsync();
        await PutAsync(host, "a", "same");
        await PutAsync(host, "b", "same");

        foreach (var (repo, role) in new[] { ("a", "train"), ("b", "test") })
        {
            var set = await host.Client.PutAsync($"/api/role?repo=default/{repo}&role={role}", null);
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        }

        while (await host.Rooms.Data.Overlaps.StepAsync(default)) { }

        var report = await host.Client.GetFromJsonAsync<JsonObject>(
            "/api/overlaps?repo=default/b&commit=master&wait=1"
        );
        Assert.Equal((true, false, 1L), (Is(report, "checked"), Is(report, "waiting"), (long?)report?["count"]));
        Assert.Equal("/file", (string?)report?["pairs"]?[0]?["other_path"]);
        Assert.Equal("default/a", (string?)report?["pairs"]?[0]?["other_repo"]);
    }

    [Theory]
    [InlineData("/api/role?repo=nope&role=test", HttpStatusCode.NotFound)]
    [InlineData("/api/role?repo=default/a&role=tset", HttpStatusCode.BadRequest)]
    [InlineData("/api/role?repo=a/b/c&role=test", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_is_refused(string path, HttpStatusCode status)
    {
        await using var host = await WebHost.StartAsync();
        await PutAsync(host, "a", "x");

        Assert.Equal(status, (await host.Client.PutAsync(path, null)).StatusCode);
    }

    private static bool? Is(JsonObject? report, string name) => (bool?)report?[name];

    private static async Task PutAsync(WebHost host, string name, string text)
    {
        var (data, repo) = (host.Rooms.Data, new RepoName("default", name));
        await data.EnsureDefaultProjectAsync(default);
        await data.Repos.CreateAsync(WebHost.Internal, repo, "", update: false, default);
        using var edits = (
            await data.Files.EditAsync(WebHost.Internal, repo, CommitSpec.OfBranch("master"), default)
        ).Value;
        await edits.AppendAsync("/file", Encoding.UTF8.GetBytes(text), default);
        Assert.True((await edits.ApplyAsync(default)).IsOk);
    }
}
