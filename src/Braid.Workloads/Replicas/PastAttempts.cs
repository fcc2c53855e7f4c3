using Braid.Metadata;

namespace Braid.Workloads.Replicas;

/// <summary>What a workload's attempts took that nothing else tells of any more: their replica is begun anew, or gone.</summary>
internal static class PastAttempts
{
    /// <summary>Before a replica waits again, or is deleted.</summary>
    public static async Task AddAsync(DbWrite db, ReplicaRow replica, DateTimeOffset now)
    {
        var shown = Replica.Of(replica);
        if (shown.Ran(now) > TimeSpan.Zero)
        {
            await db.ExecuteAsync(
                "UPDATE workload SET ran_ms = ran_ms + @ran, gpu_ms = gpu_ms + @gpu WHERE id = @workload",
                new
                {
                    workload = replica.WorkloadId,
                    ran = (long)shown.Ran(now).TotalMilliseconds,
                    gpu = (long)shown.GpuTime(now).TotalMilliseconds,
                }
            );
        }
    }
}
