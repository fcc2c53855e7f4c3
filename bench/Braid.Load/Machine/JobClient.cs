using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Protos.Pps;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Load.Machine;

/// <summary>Makes pipelines and waits for their jobs, as Pachyderm's clients do.</summary>
internal sealed class JobClient(GrpcChannel channel)
{
    private const string service = "pps_v2.API";

    /// <summary>A pipeline with a worker for each core of a small machine, over one repo, a datum for each match.</summary>
    public Task CreateAsync(string name, string repo, string glob, Transform transform) =>
        channel.UnaryAsync(
            Method<CreatePipelineRequest, Empty>("CreatePipeline", CallKind.Unary),
            new CreatePipelineRequest
            {
                Pipeline = new() { Name = name },
                Transform = transform,
                ParallelismSpec = new() { Constant = 2 },
                Input = new()
                {
                    Pfs = new()
                    {
                        Name = repo,
                        Repo = repo,
                        Glob = glob,
                    },
                },
            },
            CallOptions.None,
            default
        );

    /// <summary>The newest job of a pipeline, once it has ended.</summary>
    public async Task<JobInfo> NewestEndedAsync(string name)
    {
        var newest = await channel
            .ServerStreamAsync(
                Method<ListJobRequest, JobInfo>("ListJob", CallKind.ServerStreaming),
                new ListJobRequest { Pipeline = new() { Name = name } },
                CallOptions.None,
                default
            )
            .FirstAsync();
        var job = await channel.UnaryAsync(
            Method<InspectJobRequest, JobInfo>("InspectJob", CallKind.Unary),
            new InspectJobRequest { Job = newest.Job, Wait = true },
            CallOptions.None,
            default
        );
        return job.State == JobState.JobSuccess
            ? job
            : throw new InvalidOperationException($"job {job.Job.Id} ended as {job.State}: {job.Reason}");
    }

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(string name, CallKind kind)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));
}
