using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling.Outcomes;

/// <summary>XGBoostJob: the master decides, and the job counts as running from its first look on.</summary>
internal static class XGBoostOutcome
{
    public static void Conclude(JobTurn turn, IReadOnlyList<ReplicaCount> counts)
    {
        var restarts = false;
        foreach (var count in counts)
        {
            if (count is { Type: ReplicaTypes.Master, AllSucceeded: true })
            {
                turn.Succeed($"XGBoostJob {turn.Job.Name} is successfully completed.");
                return;
            }

            restarts |= count.Restarts;
            ConcludeFailures(turn, count);
        }

        if (!restarts)
        {
            turn.Set(JobConditionType.Running, $"XGBoostJob {turn.Job.Name} is running.");
        }
    }

    private static void ConcludeFailures(JobTurn turn, ReplicaCount count)
    {
        if (count.Failed == 0)
        {
            return;
        }

        if (count.Restarts)
        {
            turn.Set(
                JobConditionType.Restarting,
                $"XGBoostJob {turn.Job.Name} is restarting because {count.Failed} {count.Type} replica(s) failed."
            );
        }
        else
        {
            turn.Fail($"XGBoostJob {turn.Job.Name} is failed because {count.Failed} {count.Type} replica(s) failed.");
        }
    }
}
