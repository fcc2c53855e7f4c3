using Braid.Gateway.MLflow.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.MLflow;

/// <summary>
/// The door for MLflow's clients: REST under <c>/api/2.0/mlflow</c> and the artifact proxy. The host's Kestrel must take
/// request lines of 32 KiB (a client may name a thousand runs in one) and set no limit on the bodies of artifact uploads.
/// </summary>
public static class MLflowDoor
{
    /// <summary>Maps every endpoint of the table onto <paramref name="routes"/>; whatever else is asked is refused in the protocol's form.</summary>
    public static void Map(IEndpointRouteBuilder routes, Rooms rooms)
    {
        var logger = routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MLflowDoor));
        var dispatcher = new Dispatcher(rooms, logger);
        foreach (var endpoint in Endpoints.All)
        {
            foreach (var route in endpoint.Routes)
            {
                routes.MapMethods(route, [endpoint.Verb], http => dispatcher.ServeAsync(endpoint, http));
            }
        }

        routes.MapFallback("{**path}", RefuseUnknownAsync);
    }

    private static Task RefuseUnknownAsync(HttpContext http) =>
        Dispatcher.RefuseAsync(http, Errors.NoSuchEndpoint(http.Request.Method, http.Request.Path));
}
