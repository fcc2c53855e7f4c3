using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Server;

/// <summary>The services <c>server</c>, <c>debug</c> and <c>login</c>: what a client asks before it does anything.</summary>
internal static class ServerEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("debug.ping", "2.9", Ping.HandleAsync).ForAnybody(),
        NotYet("login.supported_modes", "2.9").ForAnybody(),
        NotYet("login.logout", "2.13"),
        NotYet("server.get_stats", "2.1"),
        NotYet("server.config", "2.1"),
        Works("server.info", "2.1 2.8 2.12", ServerInfo.HandleAsync),
        NotYet("server.endpoints", "2.1"),
        NotYet("server.report_stats_option", "2.4"),
    ];
}
