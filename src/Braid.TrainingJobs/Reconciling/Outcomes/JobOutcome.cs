using Braid.TrainingJobs.Kinds;

namespace Braid.TrainingJobs.Reconciling.Outcomes;

/// <summary>What the states of its replicas mean for a job; each kind has rules of its own.</summary>
internal static class JobOutcome
{
    public static void Conclude(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        var counts = ReplicaCount.Of(turn, replicas);
        turn.Status = turn.Status with
        {
            ReplicaStatuses = counts.ToDictionary(count => count.Type, count => count.Status),
        };
        switch (turn.Job.Kind)
        {
            case JobKind.TFJob:
                TensorFlowOutcome.Conclude(turn, counts, replicas);
                break;
            case JobKind.XGBoostJob:
                XGBoostOutcome.Conclude(turn, counts);
                break;
            case JobKind.MPIJob:
                MpiOutcome.Conclude(turn, counts, replicas);
                break;
            default:
                RankedOutcome.Conclude(turn, counts);
                break;
        }
    }
}
