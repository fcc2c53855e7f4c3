using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Workers;

internal static class WorkerEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        NotYet("workers.get_all", "2.4 2.20 2.22 2.30"),
        NotYet("workers.get_count", "2.26 2.30"),
        NotYet("workers.register", "2.4 2.22 2.34"),
        NotYet("workers.unregister", "2.4"),
        NotYet("workers.status_report", "2.4 2.22"),
        NotYet("workers.get_metric_keys", "2.4"),
        NotYet("workers.get_stats", "2.4 2.32"),
        NotYet("workers.get_activity_report", "2.4"),
    ];
}
