using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Protos.Pps;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.System.Tests.Kills;

/// <summary>The calls of pipelines that the workload makes.</summary>
internal sealed class PpsClient(Uri address) : IDisposable
{
    private const string service = "pps_v2.API";
    private static readonly CallOptions options = new() { Timeout = TimeSpan.FromSeconds(120) };

    private readonly GrpcChannel channel = new(address);

    public Task CreatePipelineAsync(CreatePipelineRequest request) =>
        channel.UnaryAsync(
            Method<CreatePipelineRequest, Empty>("CreatePipeline", CallKind.Unary),
            request,
            options,
            default
        );

    /// <summary>The newest job of a pipeline, once it has ended.</summary>
    public async Task<JobInfo> NewestEndedAsync(string pipeline)
    {
        var newest = await channel
            .ServerStreamAsync(
                Method<ListJobRequest, JobInfo>("ListJob", CallKind.ServerStreaming),
                new ListJobRequest { Pipeline = new() { Name = pipeline } },
                options,
                default
            )
            .FirstAsync();
        return await channel.UnaryAsync(
            Method<InspectJobRequest, JobInfo>("InspectJob", CallKind.Unary),
            new InspectJobRequest { Job = newest.Job, Wait = true },
            options,
            default
        );
    }

    /// <summary>What a pipeline's programs have printed, and with <paramref name="follow"/> what they will.</summary>
    public IAsyncEnumerable<string> LinesAsync(string pipeline, bool follow) =>
        channel
            .ServerStreamAsync(
                Method<GetLogsRequest, LogMessage>("GetLogs", CallKind.ServerStreaming),
                new GetLogsRequest
                {
                    Pipeline = new() { Name = pipeline },
                    Follow = follow,
                },
                options,
                default
            )
            .Where(line => line.User)
            .Select(line => line.Message);

    public void Dispose() => channel.Dispose();

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(string name, CallKind kind)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));
}
