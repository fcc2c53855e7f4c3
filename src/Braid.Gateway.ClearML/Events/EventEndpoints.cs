using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Events;

internal static class EventEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("events.add", "2.1 2.22", AddEvents.OneAsync),
        Works("events.add_batch", "2.1 2.22", AddEvents.BatchAsync).InBatches(),
        Works("events.delete_for_task", "2.1", DeleteEvents.OfTaskAsync),
        Works("events.delete_for_model", "2.22", DeleteEvents.OfModelAsync),
        Works("events.debug_images", "2.1 2.7 2.14 2.22", BrowseIterations.OfImagesAsync),
        Works("events.plots", "2.20 2.22", BrowseIterations.OfPlotsAsync),
        Works("events.get_debug_image_sample", "2.12 2.20 2.22", BrowseSamples.Image),
        Works("events.next_debug_image_sample", "2.12 2.22", BrowseSamples.NextImage),
        Works("events.get_plot_sample", "2.20 2.22", BrowseSamples.Plot),
        Works("events.next_plot_sample", "2.20 2.22", BrowseSamples.NextPlot),
        Works("events.get_task_metrics", "2.7 2.22", ListMetrics.OfTasksAsync),
        Works("events.get_multi_task_metrics", "2.28", ListMetrics.OfManyAsync),
        Works("events.get_task_log", "1.5 1.7 2.9 2.30", GetLog.HandleAsync),
        Works("events.get_task_events", "2.1 2.22", GetEvents.HandleAsync),
        Works("events.download_task_log", "2.1", EditLog.DownloadAsync),
        Works("events.get_task_plots", "2.1 2.14 2.16 2.22", GetPlots.HandleAsync),
        Works("events.get_multi_task_plots", "2.1 2.16 2.22 2.26 2.28", GetPlotsOfTasks.HandleAsync),
        Works("events.get_vector_metrics_and_variants", "2.1 2.22", ListMetrics.VectorsAsync),
        Works("events.vector_metrics_iter_histogram", "2.1 2.22", GetVectors.HandleAsync),
        Works("events.scalar_metrics_iter_histogram", "2.1 2.14 2.22", ScalarHistogram.HandleAsync),
        Works("events.multi_task_scalar_metrics_iter_histogram", "2.1 2.22 2.28", ScalarHistogram.OfManyAsync),
        Works("events.get_task_single_value_metrics", "2.20 2.22 2.28", SingleValues.HandleAsync),
        Works("events.get_task_latest_scalar_values", "2.1", ListMetrics.LatestAsync),
        Works("events.get_scalar_metrics_and_variants", "2.1 2.22", ListMetrics.ScalarsAsync),
        Works("events.get_scalar_metric_data", "2.1 2.16 2.22", GetEvents.OfMetricAsync),
        Works("events.scalar_metrics_iter_raw", "2.16 2.22", GetRawScalars.HandleAsync),
        Works("events.clear_scroll", "2.18", ClearScroll.HandleAsync),
        Works("events.clear_task_log", "2.19 2.30", EditLog.ClearAsync),
    ];
}
