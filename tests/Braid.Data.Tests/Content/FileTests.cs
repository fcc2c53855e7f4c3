using System.Text;
using Braid.Data.Content;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Content;

public sealed class FileTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Files_are_listed_globbed_and_read(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "1"), ("/d/b", "22"), ("/d/c", "333")));

        Assert.Equal(["/a", "/d/"], await it.ListAsync("r@master"));
        Assert.Equal(["/d/b", "/d/c"], await it.ListAsync("r@master:/d"));
        Assert.Equal(["/d/b"], await it.ListAsync("r@master:/d/b"));
        Assert.Equal(["/", "/a", "/d/", "/d/b", "/d/c"], await it.WalkAsync("r@master:/"));
        Assert.Equal(["/a", "/d/", "/d/b", "/d/c"], await it.GlobAsync("r@master:**"));
        Assert.Equal(["/a", "/d/"], await it.GlobAsync("r@master:/*"));
        Assert.Equal(["/d/b", "/d/c"], await it.GlobAsync("r@master:/*/*"));
        Assert.Equal(["/d/c"], await it.GlobAsync("r@master:/d/!(b)"));
        Assert.Equal(["/d/b"], await it.GlobAsync("r@master:/d/b/"));
        Assert.Empty(await it.GlobAsync("r@master:/d//b"));
        Assert.Empty(await it.GlobAsync("r@master:/d//*"));
        Assert.Equal(["/"], await it.GlobAsync("r@master:/"));
        Assert.Equal("22", await it.ReadAsync("r@master:/d/b"));
        Assert.Equal("22", await it.ReadAsync("r@master:/d/?(b)"));
        Assert.Equal("cannot get directory or non-regular file. Use GetFileTAR instead", await ProblemAsync("/d"));
        Assert.Equal("matched multiple files. Use GetFileTAR instead", await ProblemAsync("/d/*"));
        var commit = await it.CommitAsync("r@master");
        Assert.Equal($"file /x not found in repo default/r at commit {commit.Name.Id}", await ProblemAsync("/x"));

        async Task<string?> ProblemAsync(string path) =>
            (await it.Data.Files.OpenAsync(User, it.At($"r@master:{path}"), default)).Error?.Message;
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Differences_come_with_their_directories(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "1"), ("/d/b", "22"), ("/d/c", "333")));
        var edits = Ok(await it.EditsAsync("r@master"));
        Ok(await edits.AppendAsync("/a", "2"u8.ToArray(), default));
        Ok(await edits.AppendAsync("/e", "5"u8.ToArray(), default));
        Ok(await edits.DeleteAsync("/d/b", default));
        Ok(await edits.ApplyAsync(default));

        var difference = Ok(await it.Data.Files.DiffAsync(User, it.At("r@master:/"), null, default));
        var changes = await difference
            .Changes.Select(c => $"{c.Path} {(c.Old is null ? "+" : c.New is null ? "-" : "~")}")
            .ToListAsync();
        Assert.Equal(["/ ~", "/a ~", "/d/ ~", "/d/b -", "/e +"], changes);

        var moved = Ok(await it.Data.Files.DiffAsync(User, it.At("r@master:/d"), it.At("r@master^:/d"), default));
        Assert.Equal(["/d/", "/d/b"], await moved.Changes.Select(c => c.Path).ToListAsync());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Edits_apply_in_order_and_all_at_once(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "old"), ("/d/x", "1"), ("/d/y", "2")));
        var edits = Ok(await it.EditsAsync("r@master"));
        Ok(await edits.AppendAsync("/a", "-new"u8.ToArray(), default));
        Ok(await edits.AppendAsync("/a", "er"u8.ToArray(), default));
        Ok(await edits.DeleteAsync("/d/", default));
        Ok(await edits.AppendAsync("/d/x", "fresh"u8.ToArray(), default));
        Ok(await edits.CopyAsync(it.At("r@master:/d"), "/copy", append: false, default));
        Ok(await edits.CopyAsync(it.At("r@master:/a"), "/copy/x", append: true, default));
        Ok(await edits.AppendAsync("/copy/y", Stream.Null, default));
        Assert.Equal(["/a", "/d/"], await it.ListAsync("r@master"));
        Ok(await edits.ApplyAsync(default));

        Assert.Equal(["/", "/a", "/copy/", "/copy/x", "/copy/y", "/d/", "/d/x"], await it.WalkAsync("r@master:/"));
        Assert.Equal("old-newer", await it.ReadAsync("r@master:/a"));
        Assert.Equal("fresh", await it.ReadAsync("r@master:/d/x"));
        Assert.Equal("1old", await it.ReadAsync("r@master:/copy/x"));
        Assert.Equal("2", await it.ReadAsync("r@master:/copy/y"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Bad_edits_change_nothing(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var put = Ok(await it.PutAsync("r@master", ("/a", "1")));
        var edits = Ok(await it.EditsAsync("r@master"));
        Assert.Equal(ErrorKind.InvalidArgument, (await edits.AppendAsync("/x/../y", new byte[1], default)).Error?.Kind);
        Assert.Equal(ErrorKind.InvalidArgument, (await edits.AppendAsync("/", new byte[1], default)).Error?.Kind);
        Assert.Equal(
            ErrorKind.NotFound,
            (await edits.CopyAsync(it.At("r@master:/zzz"), "/b", false, default)).Error?.Kind
        );
        Ok(await edits.AppendAsync("/b", new byte[1], default));
        Ok(await edits.AppendAsync("/a/b", new byte[1], default));
        var collision = await edits.ApplyAsync(default);
        Assert.StartsWith("file / directory path collision", collision.Error?.Message, StringComparison.Ordinal);

        Assert.Equal(put.Name, (await it.CommitAsync("r@master")).Name);
        Assert.Equal(["/a"], await it.ListAsync("r@master"));
        Assert.Equal(ErrorKind.NotFound, (await it.EditsAsync("zzz@master")).Error?.Kind);
        Assert.Equal(
            ErrorKind.InvalidArgument,
            (await it.Data.Files.GlobAsync(User, it.At("r@master:/[x"), default)).Error?.Kind
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Concurrent_puts_on_one_branch_make_one_line_and_lose_nothing(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "r@master");
        const int writers = 24;
        var puts = Enumerable.Range(0, writers).Select(i => it.PutAsync("r@master", ($"/f{i:D2}", $"{i}")));
        var commits = (await Task.WhenAll(puts)).Select(Ok).ToList();

        Assert.Equal(writers, commits.Select(c => c.Name).Distinct().Count());
        Assert.Equal(writers, (await it.ListAsync("r@master")).Length);
        var line = await it.CommitsAsync("r", new() { To = Spec("master") });
        Assert.Equal(writers + 1, line.Count);
        Assert.All(line.Zip(line.Skip(1)), pair => Assert.Equal(pair.Second.Name, pair.First.Parent));
        Assert.Equal(writers + 1, (await it.CommitsAsync("out")).Count);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Writers_of_two_servers_lose_nothing_either(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        // A second composition over the same stores has a turnstile of its own, as another server has.
        var other = new VersionedData(it.Test.Database, it.Content, it.Clock, IdSource.System);
        var puts = Enumerable.Range(0, 12).Select(i => PutAsync(i % 2 == 0 ? it.Data : other, i));
        foreach (var result in await Task.WhenAll(puts))
        {
            Ok(result);
        }

        Assert.Equal(12, (await it.ListAsync("r@master")).Length);

        async Task<Result<Data.History.Commit>> PutAsync(VersionedData data, int i)
        {
            var edits = Ok(await data.Files.EditAsync(User, Repo("r"), Spec("master"), default));
            Ok(await edits.AppendAsync($"/f{i}", Encoding.UTF8.GetBytes($"{i}"), default));
            return await edits.ApplyAsync(default);
        }
    }

    [Fact]
    public async Task A_file_sent_in_pieces_equals_the_file_sent_at_once()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        var bytes = new byte[3_000_000];
        new Random(5).NextBytes(bytes);
        var edits = Ok(await it.EditsAsync("r@master"));
        foreach (var piece in bytes.Chunk(700_001))
        {
            Ok(await edits.AppendAsync("/pieces", piece, default));
        }

        Ok(await edits.AppendAsync("/whole", new MemoryStream(bytes), default));
        Ok(await edits.ApplyAsync(default));
        var pieces = Ok(await it.Data.Files.InspectAsync(User, it.At("r@master:/pieces"), default)).Entry;
        var whole = Ok(await it.Data.Files.InspectAsync(User, it.At("r@master:/whole"), default)).Entry;
        Assert.True(pieces.HasContentOf(whole));

        var file = Ok(await it.Data.Files.OpenAsync(User, it.At("r@master:/pieces"), default));
        using var range = new MemoryStream();
        await file.CopyToAsync(range, 1_000_000, 500_000, default);
        Assert.Equal(bytes[1_000_000..1_500_000], range.ToArray());
    }

    [Fact]
    public async Task A_glob_with_a_literal_prefix_finds_among_many()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        var edits = Ok(await it.EditsAsync("r@master"));
        for (var i = 0; i < 3000; i++)
        {
            Ok(await edits.AppendAsync($"/dir{i % 30:D2}/file{i:D4}.txt", Encoding.UTF8.GetBytes($"{i}"), default));
        }

        Ok(await edits.ApplyAsync(default));
        Assert.Equal(["/dir07/file0037.txt"], await it.GlobAsync("r@master:/dir07/file0037*"));
        Assert.Equal(100, (await it.GlobAsync("r@master:/dir07/**")).Length);
        Assert.Equal(30, (await it.GlobAsync("r@master:/*")).Length);
        Assert.Equal(3030, (await it.GlobAsync("r@master:/**")).Length);
        var deep = Ok(await it.Data.Files.GlobDeepAsync(User, it.At("r@master:/dir0{1,2}"), default));
        Assert.Equal(202, (await deep.Entries.ToListAsync()).Count);
    }

    [Theory]
    [InlineData("**")]
    [InlineData("/*")]
    [InlineData("/*/*")]
    [InlineData("/d?/**")]
    [InlineData("/{a,d1}/*")]
    public async Task A_search_from_a_path_on_tells_all_that_comes_after(string pattern)
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        string[] paths = ["/a/x", "/a0", "/d1/f1", "/d1/f10", "/d1/f11", "/d1/f2", "/d2/g/h", "/d2/é", "/z"];
        Ok(await it.PutAsync("r@master", [.. paths.Select(path => (path, "1"))]));
        var all = await it.GlobAsync($"r@master:{pattern}");
        foreach (var from in paths.Concat(["", "/", "/d1", "/d1/", "/d2/g/", "/d2/g/h/i", "/zz", "x"]))
        {
            var listing = Ok(await it.Data.Files.GlobAsync(User, it.At($"r@master:{pattern}"), from, default));
            var found = await listing.Entries.Select(entry => entry.Path).ToListAsync();

            Assert.Equal(
                all.Where(path => string.CompareOrdinal(path, from) >= 0),
                found.Where(path => string.CompareOrdinal(path, from) >= 0)
            );
        }
    }
}
