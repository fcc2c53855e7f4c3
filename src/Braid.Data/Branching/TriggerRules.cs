using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Primitives.Cron;

namespace Braid.Data.Branching;

/// <summary>Which triggers a branch may have.</summary>
internal static class TriggerRules
{
    public static Error? Check(BranchChange change) =>
        change.Trigger is not { } trigger ? null
        : change.Provenance.Count > 0 ? Errors.ProvenanceAndTrigger()
        : trigger.Branch.Length == 0 ? Errors.TriggerWithoutBranch()
        : NameRules.Check(trigger.Branch) is { } badName ? badName
        : trigger.Commits < 0 ? Errors.TriggerCommits()
        : trigger.Size.Length > 0 && !ByteSize.TryParse(trigger.Size, out _) ? Errors.TriggerSize(trigger.Size)
        : CheckSchedules(trigger);

    private static Error? CheckSchedules(Trigger trigger) =>
        new[] { trigger.RateLimitSpec, trigger.CronSpec }.FirstOrDefault(IsBad) is { } bad ? Errors.TriggerSchedule(bad)
        : trigger is { CronSpec: "" } or { Size: "", Commits: 0, RateLimitSpec: "", All: false } ? null
        : Errors.TriggerScheduleNotAlone();

    private static bool IsBad(string schedule) => schedule.Length > 0 && !CronSchedule.TryParse(schedule, out _);

    /// <summary>Follows the triggers from a branch; an error when they come back to it.</summary>
    public static async Task<Error?> CheckLoopAsync(DbRead db, BranchRow branch)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var name = branch.Name;
        while (seen.Add(name))
        {
            var row = await BranchTable.FindAsync(db, new BranchName(branch.FullName.Repo, name));
            if (TriggerText.Read(row?.TriggerSpec) is not { } trigger)
            {
                return null;
            }

            name = trigger.Branch;
        }

        return Errors.TriggerLoop();
    }
}
