using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Protos.Pfs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.System.Tests.Kills;

/// <summary>The calls of the file system that the workload makes.</summary>
internal sealed class PfsClient(Uri address) : IDisposable
{
    private const string service = "pfs_v2.API";
    private static readonly CallOptions options = new() { Timeout = TimeSpan.FromSeconds(60) };

    private readonly GrpcChannel channel = new(address);

    public Task CreateRepoAsync(string repo) =>
        CallAsync<CreateRepoRequest, Empty>("CreateRepo", new() { Repo = Repo(repo) });

    public Task CreateBranchAsync(string repo, string branch, Commit? head = null, Branch? provenance = null)
    {
        var request = new CreateBranchRequest { Branch = Branch(repo, branch), Head = head };
        if (provenance is not null)
        {
            request.Provenance.Add(provenance);
        }

        return CallAsync<CreateBranchRequest, Empty>("CreateBranch", request);
    }

    public Task StartAsync(string repo) =>
        CallAsync<StartCommitRequest, Commit>("StartCommit", new() { Branch = Branch(repo, "master") });

    public Task FinishAsync(Commit commit) =>
        CallAsync<FinishCommitRequest, Empty>("FinishCommit", new() { Commit = commit });

    public Task DropAsync(string set) =>
        CallAsync<DropCommitSetRequest, Empty>("DropCommitSet", new() { CommitSet = new() { Id = set } });

    public Task SquashAsync(string set) =>
        CallAsync<SquashCommitSetRequest, Empty>("SquashCommitSet", new() { CommitSet = new() { Id = set } });

    public Task<CommitInfo> InspectAsync(Commit commit) =>
        CallAsync<InspectCommitRequest, CommitInfo>("InspectCommit", new() { Commit = commit });

    /// <summary>The commits of a repo, on whatever branch.</summary>
    public async Task<List<CommitInfo>> CommitsAsync(string repo) =>
        await StreamAsync<ListCommitRequest, CommitInfo>("ListCommit", new() { Repo = Repo(repo), All = true })
            .ToListAsync();

    /// <summary>Deletes the paths whose content is null, and writes the others, in one stream.</summary>
    public Task ModifyAsync(Commit commit, IEnumerable<KeyValuePair<string, byte[]?>> files)
    {
        ModifyFileRequest[] requests =
        [
            new() { SetCommit = commit },
            .. files.SelectMany(file =>
                new ModifyFileRequest?[]
                {
                    new() { DeleteFile = new() { Path = file.Key } },
                    file.Value is { } bytes
                        ? new()
                        {
                            AddFile = new() { Path = file.Key, Raw = ByteString.CopyFrom(bytes) },
                        }
                        : null,
                }.OfType<ModifyFileRequest>()
            ),
        ];
        return channel.ClientStreamAsync(
            Method<ModifyFileRequest, Empty>("ModifyFile", CallKind.ClientStreaming),
            requests.ToAsyncEnumerable(),
            options,
            default
        );
    }

    /// <summary>Every file of a commit with its size.</summary>
    public async Task<Dictionary<string, long>> ListAsync(Commit commit)
    {
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        var request = new WalkFileRequest
        {
            File = new() { Commit = commit, Path = "/" },
        };
        await foreach (var file in StreamAsync<WalkFileRequest, FileInfo>("WalkFile", request))
        {
            if (file.FileType == FileType.File)
            {
                files[file.File.Path] = file.SizeBytes;
            }
        }

        return files;
    }

    public async Task<byte[]> ReadAsync(Commit commit, string path)
    {
        using var bytes = new MemoryStream();
        var request = new GetFileRequest
        {
            File = new() { Commit = commit, Path = path },
        };
        await foreach (var part in StreamAsync<GetFileRequest, BytesValue>("GetFile", request))
        {
            part.Value.WriteTo(bytes);
        }

        return bytes.ToArray();
    }

    /// <summary>What is wrong, a line each.</summary>
    public async Task<List<string>> FsckAsync() =>
        await StreamAsync<FsckRequest, FsckResponse>("Fsck", new()).Select(line => line.Error + line.Fix).ToListAsync();

    public static Commit Head(string repo, string branch = "master") =>
        new() { Repo = Repo(repo), Branch = Branch(repo, branch) };

    public static Branch Branch(string repo, string name) => new() { Repo = Repo(repo), Name = name };

    public void Dispose() => channel.Dispose();

    private static Repo Repo(string name) => new() { Name = name, Type = "user" };

    private Task<TResponse> CallAsync<TRequest, TResponse>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.UnaryAsync(Method<TRequest, TResponse>(name, CallKind.Unary), request, options, default);

    private IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.ServerStreamAsync(
            Method<TRequest, TResponse>(name, CallKind.ServerStreaming),
            request,
            options,
            default
        );

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(string name, CallKind kind)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));
}
