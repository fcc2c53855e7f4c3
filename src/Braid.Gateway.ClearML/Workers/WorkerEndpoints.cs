using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Workers;

internal static class WorkerEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("workers.get_all", "2.4 2.20 2.22 2.30", ListWorkers.HandleAsync),
        Works("workers.get_count", "2.26 2.30", ListWorkers.CountAsync),
        Works("workers.register", "2.4 2.22 2.34", ReadWorker.RegisterAsync),
        Works("workers.unregister", "2.4", ReadWorker.UnregisterAsync),
        Works("workers.status_report", "2.4 2.22", ReadWorker.ReportAsync),
        Works("workers.get_metric_keys", "2.4", WorkerCharts.KeysAsync),
        Works("workers.get_stats", "2.4 2.32", WorkerCharts.StatsAsync),
        Works("workers.get_activity_report", "2.4", WorkerCharts.ActivityAsync),
    ];
}
