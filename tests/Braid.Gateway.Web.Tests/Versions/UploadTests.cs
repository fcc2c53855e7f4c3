using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Braid.Gateway.Web.Tests.Versions;

/// <summary>Files that a browser puts.</summary>
public sealed class UploadTests
{
    [Fact]
    public async Task Files_that_come_together_are_one_commit_that_replaces_what_was_there()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        await repo.PutAsync("master", ("/a", "long before"));
        await repo.PutAsync("master", ("/a", "now"), ("/d/ü 1.txt", "x"), ("/empty", ""));

        var commits = (await repo.AskAsync("/commits"))["commits"]!.AsArray();
        Assert.Equal((2, "more"), (commits.Count, (string?)commits[0]!["message"]));
        Assert.Equal((4L, 3L), ((long)commits[0]!["size"]!, (long)commits[0]!["files"]!));
        var text = await repo.Host.Client.GetStringAsync($"{VersionedRepo.Path}/commits/master/content?path=/a");
        Assert.Equal("now", text);
    }

    [Theory]
    [InlineData("/../a")]
    [InlineData("/a*")]
    [InlineData("/")]
    public async Task A_file_that_cannot_be_called_so_leaves_nothing(string path)
    {
        await using var repo = await VersionedRepo.MakeAsync();
        using var answer = await repo.SendAsync("master", "", ("/good", "1"), (path, "2"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty((await repo.AskAsync("/commits"))["commits"]!.AsArray());
    }

    [Fact]
    public async Task A_body_that_breaks_off_leaves_nothing()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        using var whole = VersionedRepo.Body("", ("/a", "1"), ("/b", new string('x', 1000)));
        var bytes = await whole.ReadAsByteArrayAsync();
        using var part = new ByteArrayContent(bytes, 0, bytes.Length - 500);
        part.Headers.ContentType = whole.Headers.ContentType;

        using var answer = await repo.Host.Client.PutAsync($"{VersionedRepo.Path}/branches/master/files", part);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty((await repo.AskAsync(""))["branches"]!.AsArray());
    }

    [Fact]
    public async Task Fewer_parts_than_the_list_names_are_refused()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        using var body = new MultipartFormDataContent
        {
            { JsonContent.Create(new { paths = new[] { "/a", "/b" } }), "list" },
            { new StringContent("1"), "file" },
        };
        using var answer = await repo.Host.Client.PutAsync($"{VersionedRepo.Path}/branches/master/files", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "the bytes of /b are missing",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_would_be_refused_is_refused_before_bytes_are_sent()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var check = $"{VersionedRepo.Path}/branches/master/check";
        await repo.OkAsync(repo.Host.Client.PostAsJsonAsync(check, new { paths = new[] { "/a" } }));
        foreach (var paths in new[] { ["/a?"], Array.Empty<string>(), [.. Enumerable.Repeat("/a", 10_001)] })
        {
            using var answer = await repo.Host.Client.PostAsJsonAsync(check, new { paths });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "no parts at all")]
    [InlineData("text/plain", "--x--")]
    public async Task A_body_of_another_kind_is_refused(string type, string text)
    {
        await using var repo = await VersionedRepo.MakeAsync();
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        using var answer = await repo.Host.Client.PutAsync($"{VersionedRepo.Path}/branches/master/files", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
