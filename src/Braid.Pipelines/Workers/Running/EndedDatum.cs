using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>A datum whose program has ended and whose result is to be recorded.</summary>
/// <param name="Exit">How it ended, in words.</param>
internal sealed record EndedDatum(DatumLease Lease, DatumState State, ProcessStats Stats, string Exit, DatumTray Tray)
{
    /// <summary>What went wrong, where the job's end shall say it.</summary>
    public string Failure { get; init; } = "";
}
