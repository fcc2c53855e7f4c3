using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Cron;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>The call that ticks a pipeline's cron inputs.</summary>
internal static class CronCalls
{
    public static void Map(CallTable table, CronTicks cron) =>
        table.Unary<Pps.RunCronRequest, Empty>(
            "pps_v2.API",
            "RunCron",
            async (caller, request, ct) =>
                WireNames.Pipeline(request.Pipeline).TryGet(out var pipeline, out var error)
                    ? await cron.RunAsync(caller, pipeline, ct).AsEmptyAsync()
                    : error
        );
}
