using System.Text.Json.Nodes;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Compare;

/// <summary>What a run took of the machines, as far as they were given to it from here.</summary>
internal static class Spent
{
    /// <summary>Hours of processors and GPUs: what each replica has, times how long its last attempt ran.</summary>
    public static JsonObject Write(Workload work, DateTimeOffset now)
    {
        var request = work.Spec.Request;
        var share = request.GpuFraction > 0 ? request.GpuFraction : 1;
        var hours = work
            .Replicas.Where(replica => replica.Started is not null)
            .Select(replica =>
                (replica.Gpus.Count, Hours: ((replica.Ended ?? now) - replica.Started!.Value).TotalHours)
            )
            .ToList();
        return new()
        {
            ["project"] = work.Share,
            ["gpuHours"] = Math.Round(hours.Sum(one => one.Count * share * one.Hours), 6),
            ["cpuHours"] =
                request.CpuMillicores > 0
                    ? Math.Round(hours.Sum(one => one.Hours) * request.CpuMillicores / 1000, 6)
                    : null,
        };
    }
}
