using System.Formats.Tar;
using System.Text;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Tests.Files;

public sealed class FileVerbTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test
    private readonly TempFolder folder = new();

    public async Task InitializeAsync() =>
        pachd = (await PachdFake.StartAsync()).Answers(PfsMethods.InspectRepo, Samples.RepoInfo);

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Put_replaces_each_file_in_one_stream()
    {
        pachd.Answers(PfsMethods.ModifyFile, new Empty());
        await File.WriteAllTextAsync(folder.File("a"), "one");
        await File.WriteAllTextAsync(folder.File("empty"), "");
        Assert.Equal(0, await pachd.Cli.RunAsync("put", "file", "-r", "images@master:/", "-f", folder.Path));
        Assert.Equal(
            ["set images@master", "delete /a", "add /a one", "delete /empty", "add /empty "],
            pachd.Requests.OfType<ModifyFileRequest>().Select(Words)
        );
    }

    [Fact]
    public async Task Append_deletes_nothing()
    {
        pachd.Answers(PfsMethods.ModifyFile, new Empty());
        var cli = new CliRun { Input = "from stdin"u8.ToArray() }.With("PACHD_ADDRESS", pachd.Address);
        Assert.Equal(0, await cli.RunAsync("put", "file", "-a", "images@master:/a"));
        Assert.Equal("Reading from stdin.\n", cli.Error);
        Assert.Equal(
            ["set images@master", "add /a from stdin"],
            pachd.Requests.OfType<ModifyFileRequest>().Select(Words)
        );
    }

    [Fact]
    public async Task A_large_file_goes_in_pieces_of_two_megabytes()
    {
        pachd.Answers(PfsMethods.ModifyFile, new Empty());
        var content = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(folder.File("big"), content);
        Assert.Equal(0, await pachd.Cli.RunAsync("put", "file", "images@master:/big", "-f", folder.File("big")));
        var pieces = pachd.Requests.OfType<ModifyFileRequest>().Where(request => request.AddFile is not null).ToList();
        Assert.Equal(3, pieces.Count);
        Assert.Equal(content, pieces.SelectMany(piece => piece.AddFile.Raw.ToByteArray()));
    }

    [Fact]
    public async Task Get_prints_the_bytes()
    {
        pachd.Answers(PfsMethods.GetFile, Bytes("one "), Bytes("two"));
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync("get", "file", "images@master:/a"));
        Assert.Equal("one two", Encoding.UTF8.GetString(cli.Bytes));
    }

    [Fact]
    public async Task A_refused_get_leaves_no_file()
    {
        var cli = pachd.Cli; // it answers no call at all
        Assert.Equal(1, await cli.RunAsync("get", "file", "images@master:/a", "-o", folder.File("a")));
        Assert.False(File.Exists(folder.File("a")));
    }

    [Fact]
    public async Task Recursive_get_needs_a_place()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("get", "file", "-r", "images@master:/"));
        Assert.Equal("an output path needs to be specified when using the --recursive flag\n", cli.Error);
    }

    [Fact]
    public async Task Recursive_get_unpacks_below_the_place()
    {
        pachd
            .Answers(PfsMethods.InspectCommit, Samples.Finished)
            .Answers(PfsMethods.GetFileTAR, Bytes(Archive("/dir/", "/dir/a", "/dir/b/c")));
        Assert.Equal(0, await pachd.Cli.RunAsync("get", "file", "-r", "images@master:/dir", "-o", folder.File("out")));
        Assert.Equal("/dir/b/c", await File.ReadAllTextAsync(folder.File("out/b/c")));
        Assert.True(File.Exists(folder.File("out/a")));
    }

    [Fact]
    public async Task A_name_that_leads_out_of_the_place_is_refused()
    {
        pachd
            .Answers(PfsMethods.InspectCommit, Samples.Finished)
            .Answers(PfsMethods.GetFileTAR, Bytes(Archive("/../../evil")));
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("get", "file", "-r", "images@master:/", "-o", folder.File("out/deep")));
        Assert.Contains("leads out of", cli.Error);
        Assert.False(File.Exists(folder.File("evil")));
    }

    [Fact]
    public async Task Deleting_a_directory_is_a_path_with_a_slash()
    {
        pachd.Answers(PfsMethods.ModifyFile, new Empty());
        await pachd.Cli.RunAsync("delete", "file", "-r", "images@master:/dir");
        Assert.Equal("delete /dir/", Words(pachd.Asked<ModifyFileRequest>()));
    }

    [Fact]
    public async Task Only_the_names_of_what_differs()
    {
        pachd.Answers(
            PfsMethods.DiffFile,
            new DiffFileResponse
            {
                OldFile = new()
                {
                    File = new() { Path = "/gone" },
                    SizeBytes = 3,
                },
            }
        );
        var cli = pachd.Cli;
        await cli.RunAsync("diff", "file", "images@master", "--name-only");
        Assert.Equal("OP SIZE    NAME\n-  3B      /gone\n", cli.Out);
    }

    private static string Words(ModifyFileRequest request) =>
        request.BodyCase switch
        {
            ModifyFileRequest.BodyOneofCase.SetCommit =>
                $"set {request.SetCommit.Repo.Name}@{request.SetCommit.Branch.Name}",
            ModifyFileRequest.BodyOneofCase.DeleteFile => $"delete {request.DeleteFile.Path}",
            _ => $"add {request.AddFile.Path} {request.AddFile.Raw.ToStringUtf8()}",
        };

    private static BytesValue Bytes(string text) => new() { Value = ByteString.CopyFromUtf8(text) };

    private static BytesValue Bytes(byte[] bytes) => new() { Value = ByteString.CopyFrom(bytes) };

    private static byte[] Archive(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var name in names)
            {
                writer.WriteEntry(
                    name.EndsWith('/')
                        ? new PaxTarEntry(TarEntryType.Directory, name)
                        : new PaxTarEntry(TarEntryType.RegularFile, name)
                        {
                            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(name)),
                        }
                );
            }
        }

        return bytes.ToArray();
    }
}
