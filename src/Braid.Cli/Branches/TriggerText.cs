using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Branches;

/// <summary>When a branch follows another: <c>master on Size(1MB) or Commits(3)</c>.</summary>
internal static class TriggerText
{
    public static string Of(Trigger? trigger)
    {
        if (trigger is null)
        {
            return Style.Missing;
        }

        if (trigger.CronSpec.Length > 0)
        {
            // Times exclude every other condition.
            return $"{trigger.Branch} on Cron({trigger.CronSpec})";
        }

        var conditions = Conditions(trigger).Where(condition => condition.Length > 0);
        return $"{trigger.Branch} on {string.Join(trigger.All ? " and " : " or ", conditions)}";
    }

    private static string[] Conditions(Trigger trigger) =>
        [
            trigger.RateLimitSpec.Length > 0 ? $"Rate Limit({trigger.RateLimitSpec})" : "",
            trigger.Size.Length > 0 ? $"Size({trigger.Size})" : "",
            trigger.Commits > 0 ? $"Commits({trigger.Commits})" : "",
        ];
}
