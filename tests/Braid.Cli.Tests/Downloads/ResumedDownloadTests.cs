using System.Text;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Tests.Downloads;

/// <summary>What is on disk already is not fetched again.</summary>
public sealed class ResumedDownloadTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test
    private readonly TempFolder folder = new();

    public async Task InitializeAsync() => pachd = await PachdFake.StartAsync();

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_that_is_right_is_not_fetched()
    {
        pachd.Answers(PfsMethods.InspectFile, Info("/a", "content"));
        await File.WriteAllTextAsync(folder.File("a"), "content");
        Assert.Equal(0, await GetAsync("images@master:/a", "a"));
        Assert.Equal("content", await File.ReadAllTextAsync(folder.File("a")));
    }

    [Fact]
    public async Task A_file_of_the_same_size_with_other_content_is_replaced()
    {
        pachd.Answers(PfsMethods.InspectFile, Info("/a", "content")).Answers(PfsMethods.GetFile, Bytes("content"));
        await File.WriteAllTextAsync(folder.File("a"), "CONTENT");
        Assert.Equal(0, await GetAsync("images@master:/a", "a"));
        Assert.Equal("content", await File.ReadAllTextAsync(folder.File("a")));
        Assert.Equal([folder.File("a")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task An_interrupted_file_goes_on_where_it_stopped()
    {
        pachd.Answers(PfsMethods.InspectFile, Info("/a", "content")).Answers(PfsMethods.GetFile, Bytes("tent"));
        await File.WriteAllTextAsync(PartFile.Of(folder.File("a")), "con");
        Assert.Equal(0, await GetAsync("images@master:/a", "a"));
        Assert.Equal(3, pachd.Asked<GetFileRequest>().Offset);
        Assert.Equal("content", await File.ReadAllTextAsync(folder.File("a")));
    }

    [Fact]
    public async Task What_was_begun_from_another_version_is_fetched_anew()
    {
        pachd.Answers(PfsMethods.InspectFile, Info("/a", "content")).Answers(PfsMethods.GetFile, Bytes("content"));
        await File.WriteAllTextAsync(PartFile.Of(folder.File("a")), "old");
        Assert.Equal(0, await GetAsync("images@master:/a", "a"));
        Assert.Equal([3L, 0L], pachd.Requests.OfType<GetFileRequest>().Select(request => request.Offset));
        Assert.Equal("content", await File.ReadAllTextAsync(folder.File("a")));
    }

    [Fact]
    public async Task Retry_adds_the_missing_bytes()
    {
        pachd.Answers(PfsMethods.InspectFile, Info("/a", "content")).Answers(PfsMethods.GetFile, Bytes("tent"));
        await File.WriteAllTextAsync(folder.File("a"), "con");
        Assert.Equal(0, await GetAsync("images@master:/a", "a", "--retry"));
        Assert.Equal(3, pachd.Asked<GetFileRequest>().Offset);
        Assert.Equal("content", await File.ReadAllTextAsync(folder.File("a")));
    }

    [Fact]
    public async Task Of_a_folder_only_what_is_missing_is_fetched()
    {
        pachd
            .Answers(PfsMethods.InspectCommit, Samples.Finished)
            .Answers(
                PfsMethods.GlobFile,
                new FileInfo
                {
                    File = new() { Path = "/dir/" },
                    FileType = FileType.Dir,
                }
            )
            .Answers(PfsMethods.WalkFile, Info("/dir/a", "right"), Info("/dir/sub/b", "missing"))
            .Answers(PfsMethods.GetFile, Bytes("missing"));
        Directory.CreateDirectory(folder.File("out"));
        await File.WriteAllTextAsync(folder.File("out/a"), "right");
        Assert.Equal(0, await GetAsync("images@master:/dir", "out", "-r"));
        Assert.Equal("/dir/sub/b", pachd.Asked<GetFileRequest>().File.Path);
        Assert.Equal("missing", await File.ReadAllTextAsync(folder.File("out/sub/b")));
    }

    [Fact]
    public async Task A_link_in_the_folder_does_not_lead_out_of_it()
    {
        pachd
            .Answers(PfsMethods.InspectCommit, Samples.Finished)
            .Answers(PfsMethods.GlobFile, Info("/sub/b", "x"))
            .Answers(PfsMethods.GetFile, Bytes("x"));
        Directory.CreateDirectory(folder.File("out"));
        Directory.CreateDirectory(folder.File("elsewhere"));
        Directory.CreateSymbolicLink(folder.File("out/sub"), folder.File("elsewhere"));
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("get", "file", "-r", "images@master:/*", "-o", folder.File("out")));
        Assert.Contains("is a link to", cli.Error);
        Assert.Empty(Directory.GetFiles(folder.File("elsewhere")));
    }

    private Task<int> GetAsync(string file, string output, params string[] flags) =>
        pachd.Cli.RunAsync(["get", "file", file, "-o", folder.File(output), .. flags]);

    private static FileInfo Info(string path, string content)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return new()
        {
            File = new() { Commit = Samples.Commit(), Path = path },
            FileType = FileType.File,
            SizeBytes = bytes.Length,
            Hash = ByteString.CopyFrom(ContentHash.Of(bytes)),
        };
    }

    private static BytesValue Bytes(string text) => new() { Value = ByteString.CopyFromUtf8(text) };
}
