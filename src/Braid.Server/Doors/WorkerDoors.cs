using System.Net;
using Braid.Gateway.Pachyderm;
using Braid.Gateway.S3;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Buckets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Braid.Server.Doors;

/// <summary>The doors for the programs of jobs: loopback only, on any port.</summary>
internal static class WorkerDoors
{
    /// <summary>The S3 endpoint of all workers: who signs says whose buckets are meant.</summary>
    public static async Task<WorkerDoor> OpenBucketsAsync(
        WorkerBuckets buckets,
        Stores stores,
        Rooms rooms,
        ILoggerProvider logs,
        CancellationToken ct
    )
    {
        var plan = new DoorPlan(
            "buckets",
            IPAddress.Loopback,
            0,
            app => S3Door.MapForWorkers(app, rooms.Data, buckets, stores.Authenticator, stores.Clock)
        )
        {
            LoopbackNamesOnly = true,
        };
        var host = await DoorHost.StartAsync(plan, logs, ct);
        return new(host.Port, host);
    }

    /// <summary>The door of one worker: who comes in is the program that it runs.</summary>
    public static async Task<WorkerDoor> OpenAsync(
        WorkerDesk desk,
        ILoggerProvider logs,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var plan = new DoorPlan(desk.Worker, IPAddress.Loopback, 0, app => WorkerPort.Map(app, desk, clock))
        {
            Scheme = "grpc",
            Protocols = HttpProtocols.Http2,
            LoopbackNamesOnly = true,
        };
        var host = await DoorHost.StartAsync(plan, logs, ct);
        return new(host.Port, host);
    }
}
