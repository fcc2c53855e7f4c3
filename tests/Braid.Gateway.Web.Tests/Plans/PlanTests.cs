using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Data.Naming;

namespace Braid.Gateway.Web.Tests.Plans;

/// <summary>What the program asks about plans.</summary>
public sealed class PlanTests
{
    private const string spec = """
        {"pipeline": {"name": "edges"}, "transform": {"cmd": ["true"]}, "input": {"pfs": {"repo": "images", "glob": "/*"}}}
        """;

    [Fact]
    public async Task A_spec_is_answered_with_numbers_and_if_asked_for_with_datums()
    {
        await using var host = await WebHost.StartAsync();
        await PutAsync(host);
        var numbers = await LinesAsync(host, "/api/plan", $$"""{"spec": {{spec}}}""");
        Assert.Equal(
            """{"pipeline":"default/edges","new":true,"run":1,"skip":0,"gone":0,"reasons":{"new":1},"awaits":[]}""",
            Assert.Single(numbers)
        );
        var datums = await LinesAsync(host, "/api/plan?datums=true", $$"""{"spec": {{spec}}}""");
        Assert.Equal(2, datums.Length);
        Assert.EndsWith(
            """
            "runs":true,"reason":"new","files":["images:/file"]}
            """,
            datums[0]
        );
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"spec": {"pipeline": {"name": "a"}, "glop": 1}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"heads": [{"repo": "default/images", "branch": "master"}]}""", HttpStatusCode.BadRequest)]
    [InlineData(
        """{"heads": [{"repo": "a", "branch": "b", "commit": "default/nope@0123456789ab4def8123456789abcdef"}]}""",
        HttpStatusCode.NotFound
    )]
    public async Task What_cannot_be_is_refused(string body, HttpStatusCode status)
    {
        await using var host = await WebHost.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Client.PostAsync("/api/plan", content);
        Assert.Equal(status, answer.StatusCode);
        Assert.NotNull((await answer.Content.ReadFromJsonAsync<JsonObject>())?["message"]);
    }

    private static async Task<string[]> LinesAsync(WebHost host, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task PutAsync(WebHost host)
    {
        var (data, repo) = (host.Rooms.Data, new RepoName("default", "images"));
        await data.EnsureDefaultProjectAsync(default);
        await data.Repos.CreateAsync(WebHost.Internal, repo, "", update: false, default);
        using var edits = (
            await data.Files.EditAsync(WebHost.Internal, repo, CommitSpec.OfBranch("master"), default)
        ).Value;
        await edits.AppendAsync("/file", Encoding.UTF8.GetBytes("x"), default);
        Assert.True((await edits.ApplyAsync(default)).IsOk);
    }
}
