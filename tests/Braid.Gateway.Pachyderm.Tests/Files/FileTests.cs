using System.Formats.Tar;
using System.Text;
using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Files;

public sealed class FileTests : DoorTests
{
    [Fact]
    public async Task One_stream_of_changes_is_one_finished_commit()
    {
        await PutTreeAsync();

        var commits = await Client.ListAsync<Pfs.ListCommitRequest, Pfs.CommitInfo>(
            "ListCommit",
            new() { Repo = Repo("r") }
        );

        Assert.NotNull(Assert.Single(commits).Finished);
    }

    [Fact]
    public async Task Bytes_come_back_from_any_offset()
    {
        await PutTreeAsync();

        Assert.Equal("bee", await Client.TextAsync(Head("r"), "/d/b"));
        Assert.Equal("ee", await Client.TextAsync(Head("r"), "d/b", offset: 1));
        Assert.Equal("", await Client.TextAsync(Head("r"), "/d/b", offset: 9));
        var negative = await RefusalAsync(() => Client.TextAsync(Head("r"), "/d/b", offset: -1));
        Assert.Equal(GrpcCode.InvalidArgument, negative.Code);
    }

    [Fact]
    public async Task Large_file_comes_back_whole()
    {
        await Client.CreateRepoAsync("r");
        var chunk = new byte[2 << 20];
        new Random(1).NextBytes(chunk);
        var add = new Pfs.ModifyFileRequest
        {
            AddFile = new() { Path = "/big", Raw = ByteString.CopyFrom(chunk) },
        };

        await Client.ModifyAsync([new() { SetCommit = Head("r") }, .. Enumerable.Repeat(add, 6)]);

        var expected = Enumerable.Repeat(chunk, 6).SelectMany(bytes => bytes).ToArray();
        var got = await Client.BytesAsync("GetFile", Head("r"), "/big");
        Assert.True(got.AsSpan().SequenceEqual(expected));
    }

    [Fact]
    public async Task The_same_path_from_two_datums_fails_the_commit_when_it_is_finished()
    {
        await Client.CreateRepoAsync("r");
        var open = await Client.SendAsync<Pfs.StartCommitRequest, Pfs.Commit>(
            "pfs_v2.API",
            "StartCommit",
            new() { Branch = Branch("r", "master") }
        );
        await Client.ModifyAsync(new() { SetCommit = open }, Add("tag1"), Add("tag1"));
        await Client.ModifyAsync(new() { SetCommit = open }, Add("tag2"));
        await Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = open });
        await Client.ModifyAsync(new() { SetCommit = Head("r", "other") }, Add("tag1"), Add(""));

        Assert.Equal(
            "duplicate path output by different datums (/foo from tag1 and /foo from tag2)",
            (await Client.InspectCommitAsync(open)).Error
        );
        Assert.Equal(
            "duplicate path output by different datums (/foo from default and /foo from tag1)",
            (await Client.InspectCommitAsync(Head("r", "other"))).Error
        );

        static Pfs.ModifyFileRequest Add(string datum) =>
            new()
            {
                AddFile = new()
                {
                    Path = "foo",
                    Datum = datum,
                    Raw = ByteString.CopyFromUtf8("foo\n"),
                },
            };
    }

    [Fact]
    public async Task Added_bytes_are_appended_and_no_source_makes_an_empty_file()
    {
        await Client.CreateRepoAsync("r");

        await Client.ModifyAsync(
            new() { SetCommit = Head("r") },
            Add("/a", "one"),
            Add("/a", "two"),
            new() { AddFile = new() { Path = "/empty" } }
        );

        Assert.Equal("onetwo", await Client.TextAsync(Head("r"), "/a"));
        Assert.Equal("", await Client.TextAsync(Head("r"), "/empty"));
    }

    [Fact]
    public async Task Files_are_copied_and_trees_are_deleted()
    {
        await PutTreeAsync();

        await Client.ModifyAsync(
            new() { SetCommit = Head("r") },
            new()
            {
                CopyFile = new()
                {
                    Src = new() { Commit = Head("r"), Path = "/d" },
                    Dst = "/e",
                },
            },
            new() { DeleteFile = new() { Path = "/d/" } }
        );

        Assert.Equal(["/a", "/e/", "/e/b", "/e/c"], await GlobAsync("**"));
    }

    [Fact]
    public async Task List_walk_glob_and_inspect_agree()
    {
        await PutTreeAsync();

        Assert.Equal(["/a", "/d/"], await ListAsync("/"));
        Assert.Equal(["/d/b", "/d/c"], await ListAsync("/d"));
        Assert.Equal(["/", "/a", "/d/", "/d/b", "/d/c"], await WalkAsync("/"));
        Assert.Equal(["/a", "/d/", "/d/b", "/d/c"], await GlobAsync("**"));
        Assert.Equal(["/d/"], await GlobAsync("/d*"));
        var directory = await InspectAsync("/d");
        Assert.Equal(Pfs.FileType.Dir, directory.FileType);
        Assert.Equal(6, directory.SizeBytes);
        Assert.Equal(32, directory.Hash.Length);
        Assert.NotNull(directory.Committed);
    }

    [Fact]
    public async Task Pages_of_a_listing_follow_each_other()
    {
        await PutTreeAsync();
        var request = new Pfs.ListFileRequest { File = At("/"), Number = 1 };

        var first = Assert.Single(await Client.ListAsync<Pfs.ListFileRequest, Pfs.FileInfo>("ListFile", request));
        request.PaginationMarker = first.File;
        var second = Assert.Single(await Client.ListAsync<Pfs.ListFileRequest, Pfs.FileInfo>("ListFile", request));

        Assert.Equal(("/a", "/d/"), (first.File.Path, second.File.Path));
    }

    [Fact]
    public async Task Walk_goes_backward_in_pages()
    {
        await PutTreeAsync();
        var request = new Pfs.WalkFileRequest
        {
            File = At("/"),
            Number = 2,
            Reverse = true,
        };
        var paths = new List<string>();
        while (
            Paths(await Client.ListAsync<Pfs.WalkFileRequest, Pfs.FileInfo>("WalkFile", request)) is [.., var last] page
        )
        {
            paths.AddRange(page);
            request.PaginationMarker = At(last);
        }

        Assert.Equal(["/d/c", "/d/b", "/d/", "/a", "/"], paths);
    }

    [Fact]
    public async Task Ranges_of_paths_cut_what_a_pattern_matches()
    {
        await PutTreeAsync();
        var range = new Pfs.PathRange { Lower = "/d/", Upper = "/d/c" };

        var globbed = await Client.ListAsync<Pfs.GlobFileRequest, Pfs.FileInfo>(
            "GlobFile",
            new()
            {
                Commit = Head("r"),
                Pattern = "**",
                PathRange = range,
            }
        );

        Assert.Equal(["/d/", "/d/b"], Paths(globbed));
    }

    [Fact]
    public async Task Pages_that_cannot_be_are_refused()
    {
        await PutTreeAsync();

        Task SendAsync(Pfs.ListFileRequest request) =>
            Client.ListAsync<Pfs.ListFileRequest, Pfs.FileInfo>("ListFile", request);

        var reverse = await RefusalAsync(() => SendAsync(new() { File = At("/"), Reverse = true }));
        var many = await RefusalAsync(() => SendAsync(new() { File = At("/"), Number = 100_001 }));

        Assert.Equal("number must be > 0 when reverse is true", reverse.Message);
        Assert.Equal("cannot return more than 100000 files at a time", many.Message);
    }

    [Theory]
    [InlineData("/", new[] { "/", "/a", "/d/", "/d/b", "/d/c" })]
    [InlineData("/d", new[] { "/d/", "/d/b", "/d/c" })]
    [InlineData("**", new[] { "/a", "/d/", "/d/b", "/d/c" })]
    [InlineData("", new[] { "/", "/a", "/d/", "/d/b", "/d/c" })]
    [InlineData("/d/b", new[] { "/d/b" })]
    public async Task Archive_holds_what_matches_and_everything_below_it_once(string pattern, string[] names)
    {
        await PutTreeAsync();

        var archive = await ReadArchiveAsync(await Client.BytesAsync("GetFileTAR", Head("r"), pattern));

        Assert.Equal(names, archive.Select(entry => entry.Name));
        Assert.All(archive.Where(entry => entry.Name == "/d/b"), entry => Assert.Equal("bee", entry.Text));
    }

    [Fact]
    public async Task Difference_to_the_parent_has_directories_and_one_sided_pairs()
    {
        await PutTreeAsync();
        await Client.ModifyAsync(
            new() { SetCommit = Head("r") },
            Add("/a", "!"),
            Add("/e", "new"),
            new() { DeleteFile = new() { Path = "/d/b" } }
        );

        var pairs = await Client.ListAsync<Pfs.DiffFileRequest, Pfs.DiffFileResponse>(
            "DiffFile",
            new() { NewFile = At("/") }
        );

        Assert.Equal(
            ["/ /", "/a /a", "/d/ /d/", "- /d/b", "/e -"],
            pairs.Select(pair => $"{pair.NewFile?.File.Path ?? "-"} {pair.OldFile?.File.Path ?? "-"}")
        );
    }

    [Fact]
    public async Task Files_of_two_paths_differ_one_sidedly_each_under_its_own()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/d/b", "1"), ("/d/s/c", "2"), ("/e", "3"));

        Assert.Equal(["/d/b -", "- /e"], await DifferAsync("/d/b", "/e"));
        Assert.Equal(["- /d/b", "/e -"], await DifferAsync("/e", "/d/b"));
        Assert.Equal(["/d/ -", "/d/b -"], await DifferAsync("/d", "/d/s"));
        Assert.Equal(["- /e"], await DifferAsync("/nothing", "/e"));

        async Task<string[]> DifferAsync(string now, string old) =>
            [
                .. (
                    await Client.ListAsync<Pfs.DiffFileRequest, Pfs.DiffFileResponse>(
                        "DiffFile",
                        new() { NewFile = At(now), OldFile = At(old) }
                    )
                ).Select(pair => $"{pair.NewFile?.File.Path ?? "-"} {pair.OldFile?.File.Path ?? "-"}"),
            ];
    }

    [Fact]
    public async Task Missing_file_and_directory_are_refused_with_the_texts_clients_look_for()
    {
        await PutTreeAsync();

        var missing = await RefusalAsync(() => Client.TextAsync(Head("r"), "/nothing"));
        var directory = await RefusalAsync(() => Client.TextAsync(Head("r"), "/d"));
        var archive = await RefusalAsync(() => Client.BytesAsync("GetFileTAR", Head("r"), "/nothing/*"));

        Assert.Equal(GrpcCode.NotFound, archive.Code);
        Assert.Equal(GrpcCode.NotFound, missing.Code);
        Assert.StartsWith(
            "file /nothing not found in repo default/r at commit",
            missing.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("cannot get directory or non-regular file. Use GetFileTAR instead", directory.Message);
    }

    [Fact]
    public async Task Names_may_be_any_text_that_people_write()
    {
        string[] paths = ["/Zug/Übung 1.txt", "/a=b,c&d#e'f\"g.txt", "/emoji/😀.png", "/日本語.csv", "/~tmp;x|y"];
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), [.. paths.Select(path => (path, path))]);

        foreach (var path in paths)
        {
            Assert.Equal(path, await Client.TextAsync(Head("r"), path));
        }

        Assert.Equal(["/emoji/😀.png"], await GlobAsync("/emoji/?.png"));
    }

    [Theory]
    [InlineData("/a/../b", "relative file paths are not allowed")]
    [InlineData("..", "relative file paths are not allowed")]
    [InlineData("/a//b", "empty path elements are not allowed")]
    [InlineData("/a\nb", "only printable characters allowed")]
    [InlineData("/IMG (1).png", "globbing character (() not allowed in path")]
    public async Task Names_that_are_dangerous_or_patterns_are_refused(string path, string why)
    {
        await Client.CreateRepoAsync("r");

        var refusal = await RefusalAsync(() => Client.ModifyAsync(new() { SetCommit = Head("r") }, Add(path, "x")));

        Assert.Equal(GrpcCode.InvalidArgument, refusal.Code);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_is_refused_changes_nothing()
    {
        await PutTreeAsync();

        var noCommit = await RefusalAsync(() => Client.ModifyAsync(Add("/x", "x")));
        var twice = await RefusalAsync(() =>
            Client.ModifyAsync(new() { SetCommit = Head("r") }, Add("/x", "x"), new() { SetCommit = Head("r") })
        );
        var badPath = await RefusalAsync(() =>
            Client.ModifyAsync(new() { SetCommit = Head("r") }, Add("/x", "x"), Add("/y*", "y"))
        );

        Assert.Equal("first message must be a commit", noCommit.Message);
        Assert.Equal("cannot set commit", twice.Message);
        Assert.Equal(
            "globbing character (*) not allowed in path",
            badPath.Message[^"globbing character (*) not allowed in path".Length..]
        );
        Assert.Equal(["/a", "/d/"], await ListAsync("/"));
    }

    private static Pfs.File At(string path) => new() { Commit = Head("r"), Path = path };

    private static Pfs.ModifyFileRequest Add(string path, string text) =>
        new()
        {
            AddFile = new() { Path = path, Raw = ByteString.CopyFromUtf8(text) },
        };

    private static async Task<List<(string Name, string Text)>> ReadArchiveAsync(byte[] bytes)
    {
        await using var tar = new TarReader(new MemoryStream(bytes));
        var entries = new List<(string, string)>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            entries.Add((entry.Name, await text.ReadToEndAsync()));
        }

        return entries;
    }

    private async Task PutTreeAsync()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "ay"), ("/d/b", "bee"), ("/d/c", "sea"));
    }

    private async Task<List<string>> ListAsync(string path) =>
        Paths(await Client.ListAsync<Pfs.ListFileRequest, Pfs.FileInfo>("ListFile", new() { File = At(path) }));

    private async Task<List<string>> WalkAsync(string path) =>
        Paths(await Client.ListAsync<Pfs.WalkFileRequest, Pfs.FileInfo>("WalkFile", new() { File = At(path) }));

    private async Task<List<string>> GlobAsync(string pattern) =>
        Paths(
            await Client.ListAsync<Pfs.GlobFileRequest, Pfs.FileInfo>(
                "GlobFile",
                new() { Commit = Head("r"), Pattern = pattern }
            )
        );

    private Task<Pfs.FileInfo> InspectAsync(string path) =>
        Client.SendAsync<Pfs.InspectFileRequest, Pfs.FileInfo>("pfs_v2.API", "InspectFile", new() { File = At(path) });

    private static List<string> Paths(List<Pfs.FileInfo> infos) => infos.ConvertAll(info => info.File.Path);
}
