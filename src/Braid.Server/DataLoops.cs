using Braid.Data;
using Braid.Metadata.Changes;

namespace Braid.Server;

/// <summary>What versioned data does by itself as time passes.</summary>
internal static class DataLoops
{
    /// <summary>A cron text names minutes, but <c>@every 1s</c> may be written.</summary>
    private static readonly TimeSpan finestSchedule = TimeSpan.FromSeconds(1);

    /// <summary>Looked at when a commit is queued; the period is for an announcement that was missed.</summary>
    private static readonly TimeSpan overlaps = TimeSpan.FromMinutes(1);

    /// <summary>One that has expired is gone to its users at once; only its rows wait for this.</summary>
    private static readonly TimeSpan betweenExpiries = TimeSpan.FromSeconds(30);

    public static void Start(LoopGroup loops, VersionedData data)
    {
        loops.Start("triggers by the clock", data.CronTriggers.StepAsync, finestSchedule);
        loops.Start("overlaps", data.Overlaps.StepAsync, overlaps, Topics.Overlaps);
        loops.Start("expiry of file sets", data.FileSets.ExpireAsync, betweenExpiries);
    }
}
