using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Serving;

/// <summary>The service <c>serving</c>: containers that serve models elsewhere, which this server does not watch.</summary>
internal static class ServingEndpoints
{
    private const string why =
        "it does not watch containers that serve models; a service that it runs itself is a pipeline";

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Refused("serving.register_container", "2.31", why),
        Refused("serving.unregister_container", "2.31", why),
        Refused("serving.container_status_report", "2.31", why),
        Refused("serving.get_endpoints", "2.31", why),
        Refused("serving.get_loading_instances", "2.31", why),
        Refused("serving.get_endpoint_details", "2.31", why),
        Refused("serving.get_endpoint_metrics_history", "2.31", why),
    ];
}
