using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling.Outcomes;

/// <summary>
/// TFJob: the chief or master decides; without one, all workers or worker 0 alone. A job of parameter servers only never succeeds.
/// </summary>
internal static class TensorFlowOutcome
{
    public static void Conclude(JobTurn turn, IReadOnlyList<ReplicaCount> counts, IReadOnlyList<ReplicaTurn> replicas)
    {
        var restarting = turn.Status.Conditions.LastOrDefault(condition =>
            condition.Type is JobConditionType.Restarting
        );
        var hasChief = turn.Job.Has(ReplicaTypes.Chief) || turn.Job.Has(ReplicaTypes.Master);
        foreach (var count in counts)
        {
            if (hasChief && ReplicaTypes.IsChiefOrMaster(count.Type))
            {
                ConcludeChief(turn, count);
            }
            else if (!hasChief && count.Type is ReplicaTypes.Worker)
            {
                ConcludeWorkers(turn, count, replicas);
            }

            ConcludeFailures(turn, count, restarting);
        }
    }

    private static void ConcludeChief(JobTurn turn, ReplicaCount count)
    {
        if (count.Active > 0)
        {
            NoteRunning(turn);
        }

        if (count.AllSucceeded)
        {
            NoteSuccess(turn);
        }
    }

    private static void ConcludeWorkers(JobTurn turn, ReplicaCount count, IReadOnlyList<ReplicaTurn> replicas)
    {
        var firstSucceeded =
            turn.Job.Spec.SuccessPolicy is not SuccessPolicy.AllWorkers
            && replicas.Any(replica =>
                replica.Id == new ReplicaId(ReplicaTypes.Worker, 0)
                && replica is { CountsAsSucceeded: true, Seen.ExitCode: 0 or null }
            );
        if (count.AllSucceeded || firstSucceeded)
        {
            NoteSuccess(turn);
        }
        else if (count.Active > 0)
        {
            NoteRunning(turn);
        }
    }

    private static void ConcludeFailures(JobTurn turn, ReplicaCount count, JobCondition? restarting)
    {
        if (count.Failed == 0)
        {
            return;
        }

        if (restarting is not null)
        {
            turn.Set(JobConditionType.Restarting, Conditions.True, restarting.Reason, restarting.Message);
        }
        else if (turn.Job.Spec.EnableDynamicWorker is not true || count.Type is not ReplicaTypes.Worker)
        {
            turn.Fail($"TFJob {turn.FullName} has failed because {count.Failed} {count.Type} replica(s) failed.");
        }
    }

    private static void NoteRunning(JobTurn turn) =>
        turn.Set(JobConditionType.Running, $"TFJob {turn.FullName} is running.");

    private static void NoteSuccess(JobTurn turn) => turn.Succeed($"TFJob {turn.FullName} successfully completed.");
}
