using Braid.Gateway.Pachyderm.Calls;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Hosting.Health;
using Braid.Grpc.Hosting.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.Pachyderm;

/// <summary>
/// Pachyderm's port: gRPC over HTTP/2 without TLS (by convention 30650). The port's protocol must be HTTP/2 alone, with the
/// limits of <see cref="Grpc.Hosting.GrpcLimits"/>.
/// </summary>
public static class PachydermDoor
{
    /// <summary>Takes all that arrives at <paramref name="app"/>: nothing behind it sees a request.</summary>
    public static void Map(IApplicationBuilder app, PachydermRooms rooms)
    {
        var methods = PachydermCalls.Table(rooms).Methods;
        var stopping = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var health = new HealthState(methods.Services);
        stopping.Register(() => health.Set("", isServing: false));
        new HealthService(health).Map(methods);
        new ReflectionService(methods.Services, [.. Protocol.Files, HealthReflection.Descriptor]).Map(methods);

        var log = app.ApplicationServices.GetRequiredService<ILogger<GrpcDispatcher>>();
        app.Run(new GrpcDispatcher(methods, rooms.Clock, log, stopping, StatusTable.OfFault).InvokeAsync);
    }
}
