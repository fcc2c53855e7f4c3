using Braid.Gateway.Pachyderm.Calls;
using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Braid.Pipelines.Workers.Batching;
using Braid.Protos.Pps;
using Braid.Protos.Worker;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Workers;

/// <summary>The service that a worker answers on a port of its own: the next datum, for the program that it runs; and what it does.</summary>
internal static class WorkerCalls
{
    public const string Service = "pachyderm.worker.Worker";

    public static void Map(GrpcMethodTable methods, WorkerDesk desk)
    {
        methods.Unary(
            Method<NextDatumRequest, NextDatumResponse>("NextDatum"),
            (request, _, ct) => NextDatumAsync(desk, request, ct)
        );
        methods.Unary(
            Method<Empty, WorkerStatus>("Status"),
            (_, _, _) =>
                Task.FromResult<Reply<WorkerStatus>>(
                    desk.Activity is { } activity ? WorkerMessages.Status(activity) : new() { WorkerId = desk.Worker }
                )
        );
        methods.Unary(
            Method<CancelRequest, CancelResponse>("Cancel"),
            (request, _, _) =>
                Task.FromResult<Reply<CancelResponse>>(
                    new CancelResponse { Success = desk.Cancel(request.JobId, request.DataFilters) }
                )
        );
    }

    /// <summary>On the server's own port nobody is any worker's program.</summary>
    public static void MapElsewhere(CallTable table)
    {
        foreach (var (service, name) in Protocol.Calls.Where(call => call.Service == Service))
        {
            table.Refuse(service, name, Errors.OnWorkersPort(name), CallState.Works);
        }
    }

    private static async Task<Reply<NextDatumResponse>> NextDatumAsync(
        WorkerDesk desk,
        NextDatumRequest request,
        CancellationToken ct
    )
    {
        var next = await desk.NextDatumAsync(request.Error, ct);
        return next.TryGet(out var variables, out var error)
            ? new NextDatumResponse { Env = { variables.Select(variable => $"{variable.Key}={variable.Value}") } }
            : error.ToStatus();
    }

    private static GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(Service, name, CallKind.Unary, new(() => new TRequest()), new(() => new TResponse()));
}
