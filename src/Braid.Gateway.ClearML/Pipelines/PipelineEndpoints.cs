using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Pipelines;

internal static class PipelineEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("pipelines.delete_runs", "2.26", DeletePipelineRuns.HandleAsync),
        Works("pipelines.start_pipeline", "2.17 2.28", StartPipeline.HandleAsync),
    ];
}
