using System.Formats.Tar;
using System.Net;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests.Versions;

/// <summary>Files of commits: listed, sent, archived, compared, followed through history.</summary>
public sealed class ContentTests
{
    [Fact]
    public async Task A_directory_is_listed_in_any_order_and_by_parts()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        await repo.PutAsync("master", ("/d/a.png", "1"), ("/d/b.txt", "333"), ("/d/sub/x", "22"), ("/d/c.png", ""));

        Assert.Equal(["a.png", "b.txt", "c.png", "sub"], Names(await repo.AskAsync("/commits/master/files?path=d")));
        Assert.Equal(
            ["sub", "c.png", "b.txt", "a.png"],
            Names(await repo.AskAsync("/commits/master/files?path=d&sort=-name"))
        );
        Assert.Equal(
            ["b.txt", "sub", "a.png", "c.png"],
            Names(await repo.AskAsync("/commits/master/files?path=d&sort=-size"))
        );
        Assert.Equal(
            ["sub", "a.png", "c.png", "b.txt"],
            Names(await repo.AskAsync("/commits/master/files?path=d&sort=type"))
        );
        var part = await repo.AskAsync("/commits/master/files?path=d&offset=1&count=2");
        Assert.Equal(["b.txt", "c.png"], Names(part));
        Assert.Equal((4, 4L, 6L), ((int)part["total"]!, (long)part["entry"]!["files"]!, (long)part["entry"]!["size"]!));
        var narrowed = await repo.AskAsync("/commits/master/files?path=d&prefix=b");
        Assert.Equal(["b.txt"], Names(narrowed));
        Assert.Equal(1, (int)narrowed["total"]!);
        var file = await repo.AskAsync("/commits/master/files?path=d/b.txt");
        Assert.Equal((false, 3), ((bool)file["entry"]!["isFolder"]!, (int)file["entry"]!["size"]!));
        Assert.Null(file["children"]);
    }

    [Fact]
    public async Task A_file_is_sent_in_ranges_and_can_run_nothing()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        await repo.PutAsync("master", ("/page.html", "<script>alert(1)</script>"));
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{VersionedRepo.Path}/commits/master/content?path=/page.html"
        );
        request.Headers.Range = new(1, 6);

        using var answer = await repo.Host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("script", await answer.Content.ReadAsStringAsync());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        await repo.PutAsync("master", ("/a", "1"));
        foreach (var path in new[] { "content?path=/b", "content?path=/*", "files?path=/b", "archive?path=/b" })
        {
            using var answer = await repo.Host.Client.GetAsync($"{VersionedRepo.Path}/commits/master/{path}");
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_directory_is_kept_as_one_archive()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        await repo.PutAsync("master", ("/d/a", "one"), ("/d/sub/b", "two"), ("/e", "no"));

        using var answer = await repo.Host.Client.GetAsync($"{VersionedRepo.Path}/commits/master/archive?path=/d");

        Assert.Equal("d.tar", answer.Content.Headers.ContentDisposition?.FileNameStar);
        using var tar = new TarReader(await answer.Content.ReadAsStreamAsync());
        var files = new List<(string, string)>();
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            files.Add((entry.Name, await new StreamReader(entry.DataStream!).ReadToEndAsync()));
        }

        Assert.Equal([("d/a", "one"), ("d/sub/b", "two")], files);
    }

    [Fact]
    public async Task Two_commits_are_compared_file_by_file()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var first = await repo.PutAsync("master", ("/same", "s"), ("/d/changed", "1"), ("/gone", "1"));
        await repo.PutAsync("master", ("/d/changed", "22"), ("/new", "333"));
        using var edits = (
            await repo.Host.Rooms.Data.Files.EditAsync(
                WebHost.Internal,
                new("default", "images"),
                Data.Naming.CommitSpec.OfBranch("master"),
                default
            )
        ).Value;
        await edits.DeleteAsync("/gone", default);
        await edits.ApplyAsync(default);

        var all = await repo.AskAsync($"/commits/master/changes?from={first}");
        Assert.Equal((1, 1, 1), ((int)all["added"]!, (int)all["removed"]!, (int)all["changed"]!));
        Assert.Equal(["/d/changed", "/gone", "/new"], all["changes"]!.AsArray().Select(one => (string?)one!["path"]));
        Assert.Equal((1L, 2L), ((long)all["changes"]![0]!["oldSize"]!, (long)all["changes"]![0]!["newSize"]!));
        Assert.Null(all["changes"]![2]!["oldSize"]);
        var last = await repo.AskAsync("/commits/master/changes");
        Assert.Equal((0, 1, 0), ((int)last["added"]!, (int)last["removed"]!, (int)last["changed"]!));
        var below = await repo.AskAsync($"/commits/master/changes?from={first}&path=/d&offset=1");
        Assert.Equal((1, 0), ((int)below["changed"]!, below["changes"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_file_has_a_history_of_the_commits_that_changed_it()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var made = await repo.PutAsync("master", ("/a", "1"));
        await repo.PutAsync("master", ("/b", "1"));
        var changed = await repo.PutAsync("master", ("/a", "22"));

        var history = await repo.AskAsync("/commits/master/history?path=/a");
        Assert.Equal([(changed, 2L), (made, 1L)], history["changes"]!.AsArray().Select(Change));
        Assert.Null(history["next"]);
        var newest = await repo.AskAsync("/commits/master/history?path=/a&count=1");
        var rest = await repo.AskAsync($"/commits/{newest["next"]}/history?path=/a&count=1");
        Assert.Equal([(made, 1L)], rest["changes"]!.AsArray().Select(Change));
    }

    private static (string, long) Change(JsonNode? one) => ((string)one!["commit"]!["id"]!, (long)one["size"]!);

    private static IEnumerable<string?> Names(JsonObject listing) =>
        listing["children"]!.AsArray().Select(child => (string?)child!["name"]);
}
