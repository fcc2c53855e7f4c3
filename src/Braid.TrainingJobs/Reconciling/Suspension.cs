using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>A job that is suspended keeps its status and nothing else.</summary>
internal static class Suspension
{
    public static void Suspend(JobTurn turn)
    {
        turn.DeleteAll();
        turn.Status = turn.Status with
        {
            ReplicaStatuses = turn.Status.ReplicaStatuses.ToDictionary(
                status => status.Key,
                status => status.Value with { Active = 0 }
            ),
        };
        turn.Memory = turn.Memory with { FirstFailure = null, RestartNotBefore = null };
        var message = $"{turn.Job.Kind} {turn.Job.Name} is suspended.";
        var reason = Conditions.Reason(turn.Job.Kind, nameof(JobConditionType.Suspended));
        if (turn.Status.Holds(JobConditionType.Running))
        {
            turn.Set(JobConditionType.Running, Conditions.False, reason, message);
        }

        if (!turn.Status.Holds(JobConditionType.Suspended))
        {
            turn.Set(JobConditionType.Suspended, Conditions.True, reason, message);
        }

        turn.Tell(isWarning: false, nameof(JobConditionType.Suspended), message);
    }

    /// <summary>Nothing, unless the job was suspended.</summary>
    public static void Resume(JobTurn turn)
    {
        if (!turn.Status.Holds(JobConditionType.Suspended))
        {
            return;
        }

        var message = $"{turn.Job.Kind} {turn.Job.Name} is resumed.";
        turn.Set(JobConditionType.Suspended, Conditions.False, Conditions.Reason(turn.Job.Kind, "Resumed"), message);
        turn.Status = turn.Status with { StartTime = turn.Now };
        turn.Tell(isWarning: false, "Resumed", message);
    }
}
