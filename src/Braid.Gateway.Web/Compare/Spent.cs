using System.Text.Json.Nodes;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Compare;

/// <summary>What a run took of the machines, as far as they were given to it from here.</summary>
internal static class Spent
{
    /// <summary>Hours of processors and GPUs: what each replica had, times how long, over all of its attempts.</summary>
    public static JsonObject Write(Workload work, DateTimeOffset now)
    {
        var request = work.Spec.Request;
        var share = request.GpuFraction > 0 ? request.GpuFraction : 1;
        return new()
        {
            ["project"] = work.Share,
            ["gpuHours"] = Math.Round(work.GpuTime(now).TotalHours * share, 6),
            ["cpuHours"] =
                request.CpuMillicores > 0
                    ? Math.Round(work.Ran(now).TotalHours * request.CpuMillicores / 1000, 6)
                    : null,
        };
    }
}
