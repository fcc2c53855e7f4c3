using System.Text;
using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Tests.Doors;

/// <summary>Sends requests as Pachyderm's own clients do, and shows what comes back.</summary>
internal sealed class PachydermClient(GrpcChannel channel, string? token, string? transaction = null) : IDisposable
{
    private const string pfs = "pfs_v2.API";

    private readonly CallOptions options = new() { Metadata = MetadataOf(token, transaction) };

    /// <summary>The same connection, whose calls are part of a transaction.</summary>
    public PachydermClient Within(string id) => new(channel, token, id);

    public Task<TResponse> SendAsync<TRequest, TResponse>(string service, string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.UnaryAsync(Method<TRequest, TResponse>(service, name, CallKind.Unary), request, options, default);

    public IAsyncEnumerable<TResponse> DuplexAsync<TRequest, TResponse>(
        string service,
        string name,
        params TRequest[] requests
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.DuplexAsync(
            Method<TRequest, TResponse>(service, name, CallKind.DuplexStreaming),
            requests.ToAsyncEnumerable(),
            options,
            default
        );

    public IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(string service, string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.ServerStreamAsync(
            Method<TRequest, TResponse>(service, name, CallKind.ServerStreaming),
            request,
            options,
            default
        );

    public async Task<List<TResponse>> ListAsync<TRequest, TResponse>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        await StreamAsync<TRequest, TResponse>(pfs, name, request).ToListAsync();

    /// <summary>A call of the file system that answers nothing.</summary>
    public Task<Empty> DoAsync<TRequest>(string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new() => SendAsync<TRequest, Empty>(pfs, name, request);

    public Task<Empty> CreateRepoAsync(string repo) =>
        DoAsync("CreateRepo", new Pfs.CreateRepoRequest { Repo = Repo(repo) });

    /// <summary>Writes files as every client does: delete, then append; an empty list writes nothing.</summary>
    public Task<Empty> PutAsync(Pfs.Commit commit, params (string Path, string Text)[] files) =>
        ModifyAsync([
            new() { SetCommit = commit },
            .. files.SelectMany(file =>
                new Pfs.ModifyFileRequest[]
                {
                    new() { DeleteFile = new() { Path = file.Path } },
                    new()
                    {
                        AddFile = new() { Path = file.Path, Raw = ByteString.CopyFromUtf8(file.Text) },
                    },
                }
            ),
        ]);

    public Task<Empty> ModifyAsync(params Pfs.ModifyFileRequest[] requests) =>
        UploadAsync<Pfs.ModifyFileRequest, Empty>(pfs, "ModifyFile", requests);

    public Task<TResponse> UploadAsync<TRequest, TResponse>(string service, string name, params TRequest[] requests)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.ClientStreamAsync(
            Method<TRequest, TResponse>(service, name, CallKind.ClientStreaming),
            requests.ToAsyncEnumerable(),
            options,
            default
        );

    public async Task<byte[]> BytesAsync(string name, Pfs.Commit commit, string path, long offset = 0)
    {
        var request = new Pfs.GetFileRequest
        {
            File = new() { Commit = commit, Path = path },
            Offset = offset,
        };
        using var bytes = new MemoryStream();
        await foreach (var message in StreamAsync<Pfs.GetFileRequest, BytesValue>(pfs, name, request))
        {
            message.Value.WriteTo(bytes);
        }

        return bytes.ToArray();
    }

    public async Task<string> TextAsync(Pfs.Commit commit, string path, long offset = 0) =>
        Encoding.UTF8.GetString(await BytesAsync("GetFile", commit, path, offset));

    public Task<Pfs.CommitInfo> InspectCommitAsync(Pfs.Commit commit) =>
        SendAsync<Pfs.InspectCommitRequest, Pfs.CommitInfo>(pfs, "InspectCommit", new() { Commit = commit });

    /// <summary>The status of a call that is refused.</summary>
    public static async Task<GrpcStatus> RefusalAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<GrpcException>(call)).Status;

    public static Pfs.Repo Repo(string name) => new() { Name = name, Type = "user" };

    public static Pfs.Branch Branch(string repo, string name) => new() { Repo = Repo(repo), Name = name };

    /// <summary>A branch's head in the form of clients from 2.6 on.</summary>
    public static Pfs.Commit Head(string repo, string branch = "master") =>
        new() { Repo = Repo(repo), Branch = Branch(repo, branch) };

    public static Pfs.Commit Commit(string repo, string id) => new() { Repo = Repo(repo), Id = id };

    public void Dispose() => channel.Dispose();

    private static Dictionary<string, string> MetadataOf(string? token, string? transaction)
    {
        var metadata = new Dictionary<string, string>();
        if (token is not null)
        {
            metadata["authn-token"] = token;
        }

        if (transaction is not null)
        {
            metadata["pach-transaction"] = transaction;
        }

        return metadata;
    }

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(
        string service,
        string name,
        CallKind kind
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));
}
