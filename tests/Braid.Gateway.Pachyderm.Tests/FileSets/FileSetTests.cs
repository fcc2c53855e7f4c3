using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Protos.Storage;
using Google.Protobuf;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.FileSets;

public sealed class FileSetTests : DoorTests
{
    private const string pfs = "pfs_v2.API";
    private const string storage = "storage.Fileset";

    [Fact]
    public async Task A_file_set_is_made_read_and_added_to_an_open_commit()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "1"));
        var id = await CreateAsync(Add("/a", "2"), Add("/d/b", "3"));
        var set = Commit("__filesets__", id);

        Assert.Equal("2", await Client.TextAsync(set, "/a"));
        Assert.Equal(
            ["/a", "/d/"],
            await PathsAsync(
                "ListFile",
                new Pfs.ListFileRequest
                {
                    File = new() { Commit = set, Path = "/" },
                }
            )
        );
        Assert.Equal(
            ["/d/b"],
            await PathsAsync("GlobFile", new Pfs.GlobFileRequest { Commit = set, Pattern = "/d/*" })
        );
        var commit = await Client.SendAsync<Pfs.StartCommitRequest, Pfs.Commit>(
            pfs,
            "StartCommit",
            new() { Branch = Branch("r", "master") }
        );
        await Client.DoAsync("AddFileSet", new Pfs.AddFileSetRequest { Commit = commit, FileSetId = id });
        await Client.ModifyAsync(
            new() { SetCommit = commit },
            new()
            {
                CopyFile = new()
                {
                    Dst = "/copy",
                    Src = new() { Commit = set, Path = "/d" },
                },
            }
        );
        await Client.DoAsync("FinishCommit", new Pfs.FinishCommitRequest { Commit = commit });

        Assert.Equal("12", await Client.TextAsync(Head("r"), "/a"));
        Assert.Equal("3", await Client.TextAsync(Head("r"), "/copy/b"));
        var late = await RefusalAsync(() =>
            Client.DoAsync("AddFileSet", new Pfs.AddFileSetRequest { Commit = commit, FileSetId = id })
        );
        Assert.EndsWith("has already finished", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_sets_are_taken_from_commits_composed_renewed_and_sharded()
    {
        await Client.CreateRepoAsync("r");
        await Client.PutAsync(Head("r"), ("/a", "1"), ("/b", "2"));
        await Client.PutAsync(Head("r"), ("/b", "two"));
        var total = await GetAsync(Pfs.GetFileSetRequest.Types.FileSetType.Total);
        var diff = await GetAsync(Pfs.GetFileSetRequest.Types.FileSetType.Diff);
        var composed = await Client.SendAsync<Pfs.ComposeFileSetRequest, Pfs.CreateFileSetResponse>(
            pfs,
            "ComposeFileSet",
            new() { FileSetIds = { diff, await CreateAsync(Add("/c", "3")), total }, TtlSeconds = 60 }
        );

        Assert.Equal(["/", "/b"], await WalkAsync(diff));
        Assert.Equal(["/", "/a", "/b", "/c"], await WalkAsync(composed.FileSetId));
        await Client.DoAsync("RenewFileSet", new Pfs.RenewFileSetRequest { FileSetId = total, TtlSeconds = 1800 });
        var tooLong = await RefusalAsync(() =>
            Client.DoAsync("RenewFileSet", new Pfs.RenewFileSetRequest { FileSetId = total, TtlSeconds = 1801 })
        );
        Assert.Equal("ttl (1801 s) exceeds max ttl (1800 s)", tooLong.Message);
        var shards = await Client.SendAsync<Pfs.ShardFileSetRequest, Pfs.ShardFileSetResponse>(
            pfs,
            "ShardFileSet",
            new() { FileSetId = composed.FileSetId, NumFiles = 2 }
        );
        Assert.Equal([("", "/c"), ("/c", "")], shards.Shards.Select(shard => (shard.Lower, shard.Upper)));

        async Task<string> GetAsync(Pfs.GetFileSetRequest.Types.FileSetType type) =>
            (
                await Client.SendAsync<Pfs.GetFileSetRequest, Pfs.CreateFileSetResponse>(
                    pfs,
                    "GetFileSet",
                    new() { Commit = Head("r"), Type = type }
                )
            ).FileSetId;
    }

    [Fact]
    public async Task A_file_set_takes_what_a_url_names()
    {
        Directory.CreateDirectory(Path.Combine(Server.Exposed, "d"));
        await File.WriteAllTextAsync(Path.Combine(Server.Exposed, "d", "a"), "1");

        var id = await CreateAsync(Add("/b", "2"), Fetch("/in", $"file://{Server.Exposed}"));

        Assert.Equal(["/", "/b", "/in/", "/in/d/", "/in/d/a"], await WalkAsync(id));
        Assert.Equal("1", await Client.TextAsync(Commit("__filesets__", id), "/in/d/a"));
        var unknown = await RefusalAsync(() => CreateAsync(Fetch("/x", "gs://bucket/a")));
        Assert.Equal(GrpcCode.Unimplemented, unknown.Code);

        static Pfs.ModifyFileRequest Fetch(string path, string url) =>
            new()
            {
                AddFile = new()
                {
                    Path = path,
                    Url = new() { URL = url, Recursive = true },
                },
            };
    }

    [Fact]
    public async Task The_storage_service_makes_and_reads_them_too()
    {
        var first = await StoreAsync(Append("/a.txt", "1"), Append("/b.txt", ""), Append("/c.bin", "3"));
        var second = await StoreAsync(
            new()
            {
                CopyFile = new()
                {
                    FilesetId = first,
                    Src = "/c.bin",
                    Dst = "/d.bin",
                },
            },
            Append("/x", "x"),
            new() { DeleteFile = new() { Path = "/x" } }
        );
        var both = await Client.SendAsync<ComposeFilesetRequest, ComposeFilesetResponse>(
            storage,
            "ComposeFileset",
            new() { FilesetIds = { first, second } }
        );

        Assert.Equal(
            ["/a.txt=1", "/b.txt=", "/c.bin=3", "/d.bin=3"],
            await ReadAsync(new() { FilesetId = both.FilesetId })
        );
        Assert.Equal(
            ["/c.bin="],
            await ReadAsync(
                new()
                {
                    FilesetId = both.FilesetId,
                    EmptyFiles = true,
                    Filters =
                    {
                        new FileFilter { PathRegex = @"\.bin$" },
                        new FileFilter { PathRange = new() { Upper = "/d" } },
                    },
                }
            )
        );
        var bad = await RefusalAsync(() =>
            ReadAsync(new() { FilesetId = first, Filters = { new FileFilter { PathRegex = "(" } } })
        );
        Assert.Equal(GrpcCode.InvalidArgument, bad.Code);
        var unknown = await RefusalAsync(() => ReadAsync(new() { FilesetId = new string('a', 32) }));
        Assert.Equal(GrpcCode.NotFound, unknown.Code);
    }

    private async Task<string> CreateAsync(params Pfs.ModifyFileRequest[] changes) =>
        (
            await Client.UploadAsync<Pfs.ModifyFileRequest, Pfs.CreateFileSetResponse>(pfs, "CreateFileSet", changes)
        ).FileSetId;

    private async Task<string> StoreAsync(params CreateFilesetRequest[] changes) =>
        (
            await Client.UploadAsync<CreateFilesetRequest, CreateFilesetResponse>(storage, "CreateFileset", changes)
        ).FilesetId;

    private async Task<string[]> ReadAsync(ReadFilesetRequest request) =>
        await Client
            .StreamAsync<ReadFilesetRequest, ReadFilesetResponse>(storage, "ReadFileset", request)
            .Select(file => $"{file.Path}={file.Data?.ToStringUtf8()}")
            .ToArrayAsync();

    private Task<string[]> WalkAsync(string id) =>
        PathsAsync(
            "WalkFile",
            new Pfs.WalkFileRequest
            {
                File = new() { Commit = Commit("__filesets__", id), Path = "/" },
            }
        );

    private async Task<string[]> PathsAsync<TRequest>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new() =>
        [.. (await Client.ListAsync<TRequest, Pfs.FileInfo>(name, request)).Select(file => file.File.Path)];

    private static Pfs.ModifyFileRequest Add(string path, string text) =>
        new()
        {
            AddFile = new() { Path = path, Raw = ByteString.CopyFromUtf8(text) },
        };

    private static CreateFilesetRequest Append(string path, string text) =>
        new()
        {
            AppendFile = new() { Path = path, Data = ByteString.CopyFromUtf8(text) },
        };
}
