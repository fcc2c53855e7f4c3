using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling.Outcomes;

/// <summary>How the replicas of one type stand.</summary>
internal sealed record ReplicaCount(string Type, int Wanted, RestartPolicy RestartPolicy, ReplicaStatus Status)
{
    public int Active => Status.Active;

    public int Succeeded => Status.Succeeded;

    public int Failed => Status.Failed;

    /// <summary>Some ended that are to be started again.</summary>
    public required bool Restarts { get; init; }

    public bool AllSucceeded => Succeeded == Wanted;

    /// <summary>Some failed, and it is not that others took their places.</summary>
    public bool MissesSome => Failed > 0 && Wanted > Succeeded + Active;

    public static IReadOnlyList<ReplicaCount> Of(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas) =>
        [
            .. turn
                .Job.OrderedSpecs()
                .Select(spec => Of(turn, spec.Key, [.. replicas.Where(replica => replica.Id.Type == spec.Key)])),
        ];

    private static ReplicaCount Of(JobTurn turn, string type, IReadOnlyList<ReplicaTurn> replicas) =>
        new(
            type,
            turn.Job.CountOf(type),
            turn.Job.RestartPolicyOf(type),
            new()
            {
                Active = replicas.Count(replica => replica.CountsAsActive),
                Succeeded = replicas.Count(replica => replica.CountsAsSucceeded),
                Failed = replicas.Count(replica => replica.CountsAsFailed),
                Selector = HasSelector(turn.Job.Kind) ? ReplicaLabels.Selector(turn.Job, type) : null,
            }
        )
        {
            Restarts = replicas.Any(replica => replica.Fate is ReplicaFate.Restarts),
        };

    private static bool HasSelector(JobKind kind) => kind is JobKind.PyTorchJob or JobKind.PaddleJob or JobKind.JAXJob;
}
