using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Server.Tests.Workers;

/// <summary>Makes repos and pipelines, and reads what they made, as Pachyderm's clients do.</summary>
internal sealed class PipelineClient(RunningServer server) : IDisposable
{
    private const string files = "pfs_v2.API";
    private const string work = "pps_v2.API";

    private readonly GrpcChannel channel = new(
        new Uri(server.Url("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal))
    );

    public Task CreateRepoAsync(string repo) =>
        SendAsync<CreateRepoRequest, Empty>(files, "CreateRepo", new() { Repo = Head(repo).Repo });

    public Task PutAsync(string repo, params (string Path, byte[] Bytes)[] contents)
    {
        ModifyFileRequest[] requests =
        [
            new() { SetCommit = Head(repo) },
            .. contents.Select(file => new ModifyFileRequest
            {
                AddFile = new() { Path = file.Path, Raw = ByteString.CopyFrom(file.Bytes) },
            }),
        ];
        return channel.ClientStreamAsync(
            Method<ModifyFileRequest, Empty>(files, "ModifyFile", CallKind.ClientStreaming),
            requests.ToAsyncEnumerable(),
            CallOptions.None,
            default
        );
    }

    public Task CreatePipelineAsync(CreatePipelineRequest request) =>
        SendAsync<CreatePipelineRequest, Empty>(work, "CreatePipeline", request);

    /// <summary>The newest job of a pipeline, once it has ended.</summary>
    public async Task<JobInfo> NewestEndedAsync(string pipeline)
    {
        var newest = await StreamAsync<ListJobRequest, JobInfo>(
                work,
                "ListJob",
                new() { Pipeline = new() { Name = pipeline } }
            )
            .FirstAsync();
        return await SendAsync<InspectJobRequest, JobInfo>(work, "InspectJob", new() { Job = newest.Job, Wait = true });
    }

    /// <summary>All lines that a pipeline's programs and workers wrote.</summary>
    public async Task<string> LogsAsync(string pipeline) =>
        string.Join(
            '\n',
            await StreamAsync<GetLogsRequest, LogMessage>(
                    work,
                    "GetLogs",
                    new() { Pipeline = new() { Name = pipeline } }
                )
                .Select(line => line.Message)
                .ToListAsync()
        );

    public async Task<byte[]> ReadAsync(string repo, string path)
    {
        var request = new GetFileRequest
        {
            File = new() { Commit = Head(repo), Path = path },
        };
        using var bytes = new MemoryStream();
        await foreach (var part in StreamAsync<GetFileRequest, BytesValue>(files, "GetFile", request))
        {
            part.Value.WriteTo(bytes);
        }

        return bytes.ToArray();
    }

    public void Dispose() => channel.Dispose();

    private static Commit Head(string repo) =>
        new()
        {
            Repo = new() { Name = repo, Type = "user" },
            Branch = new()
            {
                Repo = new() { Name = repo, Type = "user" },
                Name = "master",
            },
        };

    private Task<TResponse> SendAsync<TRequest, TResponse>(string service, string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.UnaryAsync(
            Method<TRequest, TResponse>(service, name, CallKind.Unary),
            request,
            CallOptions.None,
            default
        );

    private IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(string service, string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.ServerStreamAsync(
            Method<TRequest, TResponse>(service, name, CallKind.ServerStreaming),
            request,
            CallOptions.None,
            default
        );

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(
        string service,
        string name,
        CallKind kind
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));
}
