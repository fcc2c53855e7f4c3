using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Server;

/// <summary>The services <c>server</c> and <c>debug</c>: what the server is.</summary>
internal static class ServerEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("debug.ping", "2.9", Ping.HandleAsync).ForAnybody(),
        Partly("server.get_stats", "2.1", ServerFacts.StatisticsAsync),
        Partly("server.config", "2.1", ServerFacts.ConfigurationAsync),
        Works("server.info", "2.1 2.8 2.12", ServerInfo.HandleAsync),
        Partly("server.endpoints", "2.1", ServerFacts.EndpointsAsync),
        Works("server.report_stats_option", "2.4", ServerFacts.StatisticsReportAsync),
    ];
}
