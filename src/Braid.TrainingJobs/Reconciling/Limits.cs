using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>How often a job may be started again, and how long it may run.</summary>
internal static class Limits
{
    /// <summary>What the job failed of; null: of nothing.</summary>
    public static string? Broken(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas) =>
        IsPastBackoff(turn, replicas)
            ? $"Job {turn.Job.Name} has failed because it has reached the specified backoff limit"
        : Deadline(turn) is { } deadline && turn.Now >= deadline
            ? $"Job {turn.Job.Name} has failed because it was active longer than specified deadline"
        : null;

    /// <summary>The job has not ended yet, so that its clean-up policy says nothing: all replicas go.</summary>
    public static void Fail(JobTurn turn, string message)
    {
        turn.DeleteAll();
        turn.Fail(message);
    }

    public static void WaitForDeadline(JobTurn turn)
    {
        if (Deadline(turn) is { } deadline && turn.Status.CompletionTime is null)
        {
            turn.LookAgain(deadline);
        }
    }

    private static DateTimeOffset? Deadline(JobTurn turn) =>
        turn.Job.Spec.RunPolicy.ActiveDeadlineSeconds is { } seconds && turn.Status.StartTime is { } start
            ? start.AddSeconds(seconds)
            : null;

    private static bool IsPastBackoff(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        if (turn.Job.Spec.RunPolicy.BackoffLimit is not { } limit)
        {
            return false;
        }

        if (!turn.Options.CountsRestartsPerJob)
        {
            return IsPastOperatorsBackoff(turn, replicas, limit);
        }

        var wanted = replicas.Any(replica => replica.Fate is ReplicaFate.Restarts) ? 1 : 0;
        return turn.Memory.Restarts + turn.Replicas.Sum(replica => replica.RestartsInPlace) + wanted > limit;
    }

    /// <summary>
    /// The operator looks at the restarts that running pods count themselves, and fails at once on a new failure where the limit
    /// is 0. What it replaces, as it does by exit code, begins to count anew.
    /// </summary>
    private static bool IsPastOperatorsBackoff(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas, int limit)
    {
        var failed = replicas.Count(replica => replica.Seen?.Phase is ReplicaPhase.Failed);
        var active = replicas.Count(replica =>
            replica.Seen is { IsDeleting: false, Phase: ReplicaPhase.Pending or ReplicaPhase.Running }
        );
        var failedBefore = turn.Status.ReplicaStatuses.Values.Sum(status => status.Failed);
        var restarts = replicas.Sum(replica => RestartsOfRunning(turn, replica));
        return (failed > failedBefore && active != turn.Job.TotalReplicas() && limit < 1)
            || (limit == 0 ? restarts > 0 : restarts >= limit);
    }

    private static int RestartsOfRunning(JobTurn turn, ReplicaTurn replica) =>
        replica.Seen is { Phase: ReplicaPhase.Running } seen
            ? turn.Job.RestartPolicyOf(replica.Id.Type) switch
            {
                RestartPolicy.OnFailure or RestartPolicy.Always => seen.Attempt + seen.RestartsInPlace,
                RestartPolicy.ExitCode => seen.RestartsInPlace,
                _ => 0,
            }
            : 0;
}
