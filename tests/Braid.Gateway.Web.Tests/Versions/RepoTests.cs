using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests.Versions;

/// <summary>Repos, their branches and their commits.</summary>
public sealed class RepoTests
{
    [Fact]
    public async Task Repos_are_found_by_name_and_description_and_sorted()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var client = repo.Host.Client;
        await repo.OkAsync(client.PostAsJsonAsync("/api/data/projects", new { name = "speech" }));
        await repo.OkAsync(client.PostAsJsonAsync("/api/data/repos", new { project = "speech", name = "clips" }));
        await repo.PutAsync("master", ("/a", "12345"));

        Assert.Equal(["clips", "images"], await NamesAsync(repo, "sort=name"));
        Assert.Equal(["images", "clips"], await NamesAsync(repo, "sort=-size"));
        Assert.Equal(["images"], await NamesAsync(repo, "q=CAMERA"));
        Assert.Equal(["clips"], await NamesAsync(repo, "project=speech"));
        var list = await repo.OkAsync(client.GetAsync("/api/data/repos?count=1&sort=-lastCommit"));
        Assert.Equal((2, 5L), ((int)list["count"]!, (long)list["repos"]![0]!["size"]!));
        Assert.NotNull(list["repos"]![0]!["lastCommit"]);
        var found = await repo.OkAsync(client.GetAsync("/api/find?q=clip"));
        Assert.Equal("/data/speech/clips", (string?)Assert.Single(found["found"]!.AsArray())!["path"]);
    }

    [Theory]
    [InlineData("images@master:/da", "/day%201 /day%201/a%23.png")]
    [InlineData("default/images@master:day 1/a", "/day%201/a%23.png")]
    [InlineData("images@master:/nothing", "")]
    [InlineData("images@nowhere:/d", "")]
    [InlineData("im ages@master:/d", "")]
    public async Task Files_are_found_by_their_path(string text, string paths)
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var commit = await repo.PutAsync("master", ("/day 1/a#.png", "1"));
        var found = await repo.OkAsync(repo.Host.Client.GetAsync($"/api/find?q={Uri.EscapeDataString(text)}"));
        Assert.Equal(
            paths
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(path => $"/data/default/images/{commit}{path}"),
            found["found"]!.AsArray().Select(one => (string?)one!["path"])
        );
    }

    [Theory]
    [InlineData("default", "images", HttpStatusCode.Conflict)]
    [InlineData("default", "a b", HttpStatusCode.BadRequest)]
    [InlineData("nowhere", "images", HttpStatusCode.NotFound)]
    public async Task A_repo_that_cannot_be_made_is_refused(string project, string name, HttpStatusCode status)
    {
        await using var repo = await VersionedRepo.MakeAsync();
        using var answer = await repo.Host.Client.PostAsJsonAsync("/api/data/repos", new { project, name });
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_branch_is_made_once_at_a_commit_and_removed()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var first = await repo.PutAsync("master", ("/a", "1"));
        await repo.PutAsync("master", ("/a", "22"));
        var branches = $"{VersionedRepo.Path}/branches";

        await repo.OkAsync(repo.Host.Client.PostAsJsonAsync(branches, new { name = "old", head = first }));
        using var again = await repo.Host.Client.PostAsJsonAsync(branches, new { name = "old", head = "master" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var shown = (await repo.AskAsync(""))["branches"]!.AsArray();
        Assert.Equal(["old", "master"], shown.Select(branch => (string?)branch!["name"]));
        Assert.Equal((first, 1L), ((string?)shown[0]!["head"]!["id"], (long)shown[0]!["head"]!["size"]!));

        await repo.OkAsync(repo.Host.Client.DeleteAsync($"{branches}/old"));
        Assert.Single((await repo.AskAsync(""))["branches"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("&branch=master")]
    public async Task Commits_come_newest_first_page_by_page(string of)
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var made = new List<string>();
        for (var at = 0; at < 5; at++)
        {
            made.Insert(0, await repo.PutAsync("master", ($"/{at}", "x")));
        }

        var found = new List<string>();
        for (string? next = ""; next is not null; )
        {
            var page = await repo.AskAsync($"/commits?count=2&before={next}{of}");
            found.AddRange(page["commits"]!.AsArray().Select(commit => (string)commit!["id"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(made, found);
    }

    [Fact]
    public async Task A_commit_says_which_runs_read_it()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var commit = await repo.PutAsync("master", ("/a", "1"));
        var run = await Runs.LoggedRuns.CreateAsync(repo.Host, "reader", 0);
        await repo.Host.Rooms.Database.WriteAsync(
            db => repo.Host.Rooms.Inputs.AddForJobAsync(db, new(run, "images", "default/images", "master", commit)),
            default
        );

        var shown = await repo.AskAsync("/commits/master");

        Assert.Equal((commit, "more"), ((string?)shown["commit"]!["id"], (string?)shown["commit"]!["message"]));
        Assert.Equal("reader", (string?)Assert.Single(shown["readBy"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task Nothing_is_told_to_who_is_not_signed_in()
    {
        await using var host = await WebHost.StartAsync(open: false);
        foreach (
            var path in new[]
            {
                "",
                "/default/a",
                "/default/a/commits/master/content",
                "/default/a/commits/master/archive",
            }
        )
        {
            using var answer = await host.Client.GetAsync($"/api/data/repos{path}");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private static async Task<IEnumerable<string?>> NamesAsync(VersionedRepo repo, string query)
    {
        var list = await repo.OkAsync(repo.Host.Client.GetAsync($"/api/data/repos?{query}"));
        return list["repos"]!.AsArray().Select(one => (string?)one!["name"]);
    }
}
