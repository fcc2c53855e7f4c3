using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling.Outcomes;

/// <summary>MPIJob: the launcher decides; workers matter when their machines took them away.</summary>
internal static class MpiOutcome
{
    private const string evicted = "MPIJobEvicted";

    public static void Conclude(JobTurn turn, IReadOnlyList<ReplicaCount> counts, IReadOnlyList<ReplicaTurn> replicas)
    {
        var workers = replicas.Where(replica => replica.Id.Type is ReplicaTypes.Worker).ToList();
        ConcludeLauncher(turn, counts, replicas);
        ConcludeEvictions(turn, workers);
        if (
            counts.Any(count => count is { Type: ReplicaTypes.Launcher, Active: > 0 })
            && workers.TrueForAll(worker => worker.CountsAsActive)
        )
        {
            turn.Set(JobConditionType.Running, $"MPIJob {turn.FullName} is running.");
        }
    }

    private static void ConcludeLauncher(
        JobTurn turn,
        IReadOnlyList<ReplicaCount> counts,
        IReadOnlyList<ReplicaTurn> replicas
    )
    {
        var launcher = counts.FirstOrDefault(count => count.Type is ReplicaTypes.Launcher);
        if (launcher is { Succeeded: > 0 })
        {
            turn.Succeed($"MPIJob {turn.FullName} successfully completed.");
        }
        else if (launcher is { Failed: > 0, Restarts: false })
        {
            turn.Fail(
                $"MPIJob {turn.FullName} has failed",
                replicas.Any(replica => replica is { Id.Type: ReplicaTypes.Launcher, Seen.IsEvicted: true })
                    ? evicted
                    : null
            );
        }
    }

    private static void ConcludeEvictions(JobTurn turn, List<ReplicaTurn> workers)
    {
        var gone = workers.Count(worker =>
            worker is { CountsAsFailed: true, Fate: ReplicaFate.Stays, Seen.IsEvicted: true }
        );
        if (gone > 0)
        {
            turn.Fail($"{gone}/{workers.Count} workers are evicted", evicted);
        }
    }
}
