using Braid.Access.Credentials;
using Braid.Data;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Gateway.S3.Signing;
using Braid.Gateway.S3.Workers;
using Braid.Pipelines.Workers.Buckets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.S3;

/// <summary>
/// The door for S3's clients: path-style addressing, a bucket per branch. The host's Kestrel must set no limit on the
/// size of bodies.
/// </summary>
public static class S3Door
{
    /// <summary>Answers every path of <paramref name="routes"/>.</summary>
    public static void Map(
        IEndpointRouteBuilder routes,
        VersionedData data,
        Authenticator authenticator,
        TimeProvider clock
    ) => Map(routes, data, new BranchSpace(), authenticator, clock);

    /// <summary>The same for the programs of jobs: their buckets are what their job reads and writes by S3.</summary>
    public static void MapForWorkers(
        IEndpointRouteBuilder routes,
        VersionedData data,
        WorkerBuckets buckets,
        Authenticator authenticator,
        TimeProvider clock
    ) => Map(routes, data, new WorkerSpace(buckets), authenticator, clock);

    private static void Map(
        IEndpointRouteBuilder routes,
        VersionedData data,
        BucketSpace space,
        Authenticator authenticator,
        TimeProvider clock
    )
    {
        var logger = routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(S3Door));
        var dispatcher = new Dispatcher(data, space, new RequestVerifier(authenticator, clock), logger);
        routes.Map("/{**path}", dispatcher.ServeAsync);
    }
}
