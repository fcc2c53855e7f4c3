using Braid.Grpc.Client;
using Braid.Grpc.Framing;
using Braid.Grpc.Methods;
using Braid.Protos.Pfs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Load.Machine;

/// <summary>Speaks to the server as Pachyderm's clients do.</summary>
internal sealed class LoadClient(GrpcChannel channel)
{
    private const string service = "pfs_v2.API";

    public Task CreateRepoAsync(string repo) =>
        channel.UnaryAsync(
            Method<CreateRepoRequest, Empty>("CreateRepo", CallKind.Unary),
            new CreateRepoRequest { Repo = Repo(repo) },
            CallOptions.None,
            default
        );

    /// <summary>Sends changes to the branch master in one call: one commit.</summary>
    public Task ModifyAsync(string repo, IAsyncEnumerable<ModifyFileRequest> changes) =>
        channel.ClientStreamAsync(
            Method<ModifyFileRequest, Empty>("ModifyFile", CallKind.ClientStreaming),
            changes.Prepend(new ModifyFileRequest { SetCommit = Head(repo) }),
            CallOptions.None,
            default
        );

    public IAsyncEnumerable<BytesValue> GetAsync(string repo, string path) => BytesAsync("GetFile", At(repo, path));

    public async Task<int> ListAsync(string repo, string path) =>
        await StreamAsync<ListFileRequest, Protos.Pfs.FileInfo>("ListFile", new() { File = At(repo, path) })
            .CountAsync();

    public async Task<int> GlobAsync(string repo, string pattern) =>
        await StreamAsync<GlobFileRequest, Protos.Pfs.FileInfo>(
                "GlobFile",
                new() { Commit = Head(repo), Pattern = pattern }
            )
            .CountAsync();

    /// <summary>What the branch's head changed.</summary>
    public async Task<int> DiffAsync(string repo) =>
        await StreamAsync<DiffFileRequest, DiffFileResponse>("DiffFile", new() { NewFile = At(repo, "/") })
            .CountAsync();

    /// <summary>The bytes of a message are valid until the next one is asked for.</summary>
    private IAsyncEnumerable<BytesValue> BytesAsync(string name, Protos.Pfs.File file) =>
        channel.ServerStreamAsync(
            Method<GetFileRequest, BytesValue>(name, CallKind.ServerStreaming) with
            {
                ResponseSplitter = BytesSplitter.Instance,
            },
            new GetFileRequest { File = file },
            CallOptions.None,
            default
        );

    private IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.ServerStreamAsync(
            Method<TRequest, TResponse>(name, CallKind.ServerStreaming),
            request,
            CallOptions.None,
            default
        );

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(string name, CallKind kind)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));

    private static Repo Repo(string name) =>
        new()
        {
            Name = name,
            Type = "user",
            Project = new() { Name = "default" },
        };

    private static Commit Head(string repo) =>
        new()
        {
            Repo = Repo(repo),
            Branch = new() { Repo = Repo(repo), Name = "master" },
        };

    private static Protos.Pfs.File At(string repo, string path) => new() { Commit = Head(repo), Path = path };
}
