using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling.Outcomes;

/// <summary>
/// PyTorchJob, PaddleJob and JAXJob: the master decides; without one, all workers do. Once the master has succeeded, nobody looks
/// at the workers.
/// </summary>
internal static class RankedOutcome
{
    public static void Conclude(JobTurn turn, IReadOnlyList<ReplicaCount> counts)
    {
        var hasMaster = turn.Job.Has(ReplicaTypes.Master);
        foreach (var count in counts)
        {
            if (hasMaster && count.Type is ReplicaTypes.Master)
            {
                ConcludeMaster(turn, count);
                if (count.AllSucceeded)
                {
                    return;
                }
            }
            else if (!hasMaster && count.Type is ReplicaTypes.Worker)
            {
                ConcludeWorkers(turn, count);
            }

            ConcludeFailures(turn, count);
        }
    }

    private static void ConcludeMaster(JobTurn turn, ReplicaCount count)
    {
        if (count.Active > 0)
        {
            turn.Set(JobConditionType.Running, $"{turn.Job.Kind} {turn.Job.Name} is running.");
        }

        if (count.AllSucceeded)
        {
            turn.Succeed($"{turn.Job.Kind} {turn.Job.Name} is successfully completed.");
        }
    }

    private static void ConcludeWorkers(JobTurn turn, ReplicaCount count)
    {
        if (count.AllSucceeded || (turn.Job.Spec.ElasticPolicy is not null && count.Succeeded > 0))
        {
            turn.Succeed($"{turn.Job.Kind} {turn.FullName} successfully completed.");
        }
        else if (count.Active > 0)
        {
            turn.Set(JobConditionType.Running, $"{turn.Job.Kind} {turn.FullName} is running.");
        }
    }

    private static void ConcludeFailures(JobTurn turn, ReplicaCount count)
    {
        if (!count.MissesSome)
        {
            return;
        }

        if (count.RestartPolicy is not RestartPolicy.Never)
        {
            turn.Set(
                JobConditionType.Restarting,
                $"{turn.Job.Kind} {turn.Job.Name} is restarting because {count.Failed} {count.Type} replica(s) failed."
            );
        }
        else
        {
            turn.Fail(
                $"{turn.Job.Kind} {turn.Job.Name} is failed because {count.Failed} {count.Type} replica(s) failed."
            );
        }
    }
}
