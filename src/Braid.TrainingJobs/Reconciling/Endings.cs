using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>What is left to do for a job that ended.</summary>
internal static class Endings
{
    public static void CleanUp(JobTurn turn)
    {
        if (IsOver(turn))
        {
            turn.DeleteAll();
            turn.Do(new ReconcileAction.DeleteJob());
            return;
        }

        foreach (var replica in turn.Replicas.Where(replica => Goes(turn, replica)).OrderBy(replica => replica.Id))
        {
            turn.Do(new ReconcileAction.DeleteReplica(replica.Id));
        }

        if (turn.Status.Holds(JobConditionType.Succeeded))
        {
            CountActiveAsSucceeded(turn);
        }
    }

    private static bool Goes(JobTurn turn, ObservedReplica replica) =>
        !replica.IsDeleting
        && (turn.Job.Spec.RunPolicy.CleanPodPolicy ?? CleanPodPolicy.None) switch
        {
            CleanPodPolicy.All => true,
            CleanPodPolicy.None when !turn.Options.CleansUpRunning => false,
            _ => replica.Phase is ReplicaPhase.Pending or ReplicaPhase.Running,
        };

    /// <summary>Its time to live is over; otherwise it is looked at again when it is.</summary>
    private static bool IsOver(JobTurn turn)
    {
        if (
            turn.Job.Spec.RunPolicy.TtlSecondsAfterFinished is not { } seconds
            || turn.Status.CompletionTime is not { } completed
        )
        {
            return false;
        }

        var over = completed.AddSeconds(seconds);
        if (turn.Now < over)
        {
            turn.LookAgain(over);
        }

        return turn.Now >= over;
    }

    private static void CountActiveAsSucceeded(JobTurn turn) =>
        turn.Status = turn.Status with
        {
            ReplicaStatuses = turn.Status.ReplicaStatuses.ToDictionary(
                status => status.Key,
                status => status.Value with { Active = 0, Succeeded = status.Value.Succeeded + status.Value.Active }
            ),
        };
}
