using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Workers;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Pipelines.Workers.Batching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.Pachyderm;

/// <summary>The port of one worker, as Pachyderm's workers have one: for the program that it runs, on loopback only.</summary>
public static class WorkerPort
{
    /// <summary>Takes all that arrives at <paramref name="app"/>, which speaks HTTP/2 alone.</summary>
    public static void Map(IApplicationBuilder app, WorkerDesk desk, TimeProvider clock)
    {
        var methods = new GrpcMethodTable();
        WorkerCalls.Map(methods, desk);
        var stopping = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var log = app.ApplicationServices.GetRequiredService<ILogger<GrpcDispatcher>>();
        app.Run(new GrpcDispatcher(methods, clock, log, stopping, StatusTable.OfFault).InvokeAsync);
    }
}
