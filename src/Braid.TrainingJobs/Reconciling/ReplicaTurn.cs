using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>What is to become of a replica.</summary>
internal enum ReplicaFate
{
    /// <summary>It is as it should be, or it ended for good.</summary>
    Stays,

    /// <summary>It is not there.</summary>
    Misses,

    /// <summary>It was to be started again, and is not yet.</summary>
    WaitsForRestart,

    /// <summary>It ended just now, and is to be started again.</summary>
    Restarts,

    /// <summary>It failed with an exit code that says that another try is no use.</summary>
    FailsForGood,
}

/// <summary>One replica that the job should have: what is seen of it, and what is to become of it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Seen">Null: it is not there.</param>
/// <param name="Fate">What is to become of it.</param>
internal sealed record ReplicaTurn(ReplicaId Id, ObservedReplica? Seen, ReplicaFate Fate)
{
    /// <summary>The first exit code that says that another try may help: programs that signals ended.</summary>
    private const int firstRetryableCode = 128;

    public static ReplicaTurn Of(TrainingJob job, ReplicaId id, ObservedReplica? seen, int attempt) =>
        new(
            id,
            seen,
            seen is null ? ReplicaFate.Misses
                : seen.Attempt < attempt ? ReplicaFate.WaitsForRestart
                : Ended(seen, job.RestartPolicyOf(id.Type))
        );

    /// <summary>It counts as failed: also when it is taken away while it runs.</summary>
    public bool CountsAsFailed =>
        Fate is not ReplicaFate.WaitsForRestart
        && (Seen is { Phase: ReplicaPhase.Failed } or { Phase: ReplicaPhase.Running, IsDeleting: true });

    public bool CountsAsActive =>
        Fate is not ReplicaFate.WaitsForRestart && Seen is { Phase: ReplicaPhase.Running, IsDeleting: false };

    public bool CountsAsSucceeded =>
        Fate is not (ReplicaFate.WaitsForRestart or ReplicaFate.Restarts) && Seen is { Phase: ReplicaPhase.Succeeded };

    /// <summary>An exit code that nobody knows counts as one that another try may help.</summary>
    private static ReplicaFate Ended(ObservedReplica seen, RestartPolicy policy) =>
        (seen.Phase, policy) switch
        {
            (ReplicaPhase.Failed, RestartPolicy.OnFailure or RestartPolicy.Always) => ReplicaFate.Restarts,
            (ReplicaPhase.Succeeded, RestartPolicy.Always) => ReplicaFate.Restarts,
            (ReplicaPhase.Failed, RestartPolicy.ExitCode) => seen.ExitCode is < firstRetryableCode
                ? ReplicaFate.FailsForGood
                : ReplicaFate.Restarts,
            _ => ReplicaFate.Stays,
        };
}
