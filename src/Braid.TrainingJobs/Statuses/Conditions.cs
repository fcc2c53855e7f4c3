using Braid.TrainingJobs.Kinds;

namespace Braid.TrainingJobs.Statuses;

/// <summary>How conditions come, replace and end each other.</summary>
public static class Conditions
{
    internal const string True = "True";
    internal const string False = "False";

    /// <summary>The column State of <c>kubectl get</c>: the last condition; empty when there is none yet.</summary>
    public static string State(this JobStatus? status) =>
        status is { Conditions: [.., var last] } ? last.Type.ToString() : "";

    public static bool Holds(this JobStatus status, JobConditionType type) =>
        status.Conditions.Any(condition => condition.Type == type && condition.Status == True);

    /// <summary>It has succeeded or failed: nothing but cleaning up is done any more.</summary>
    public static bool IsFinished(this JobStatus status) =>
        status.Holds(JobConditionType.Succeeded) || status.Holds(JobConditionType.Failed);

    internal static string Reason(JobKind kind, string what) => $"{kind}{what}";

    /// <summary>
    /// What has failed stays so. The same status for the same reason is not written again. A new condition goes last; running and
    /// restarting take each other's place, and an end turns running off.
    /// </summary>
    internal static JobStatus With(this JobStatus status, JobCondition condition)
    {
        var current = status.Conditions.FirstOrDefault(other => other.Type == condition.Type);
        if (
            status.Holds(JobConditionType.Failed)
            || (current is not null && current.Status == condition.Status && current.Reason == condition.Reason)
        )
        {
            return status;
        }

        var transition =
            current?.Status == condition.Status ? current.LastTransitionTime : condition.LastTransitionTime;
        return status with
        {
            Conditions =
            [
                .. status
                    .Conditions.Where(other => !IsReplacedBy(other.Type, condition.Type))
                    .Select(other => EndedBy(other, condition.Type)),
                condition with
                {
                    LastTransitionTime = transition,
                },
            ],
        };
    }

    private static bool IsReplacedBy(JobConditionType old, JobConditionType type) =>
        old == type
        || (old, type)
            is
                (JobConditionType.Running, JobConditionType.Restarting)
                or
                (JobConditionType.Restarting, JobConditionType.Running);

    private static JobCondition EndedBy(JobCondition condition, JobConditionType by) =>
        condition.Type is JobConditionType.Running && by is (JobConditionType.Succeeded or JobConditionType.Failed)
            ? condition with
            {
                Status = False,
            }
            : condition;
}
