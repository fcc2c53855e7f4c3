using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Programs;
using Braid.Pipelines.Workers.Inputs;
using Braid.Pipelines.Workers.Running;
using Braid.TrainingJobs.Manifests;

namespace Braid.Pipelines.Workers.Gangs;

/// <summary>
/// One attempt at a datum whose work is a distributed job: 1 its inputs are laid out as every replica shall see them; 2 the job runs,
/// while the lease is watched; 3 what its chief left becomes the output, as with any program.
/// </summary>
internal sealed class GangAttempt(
    WorkerParts parts,
    IGangs gangs,
    JobWaits waits,
    TrainingJob job,
    DatumLease lease,
    string folder
)
{
    /// <summary>What <c>/pfs/out</c> is mounted on.</summary>
    private const string outputName = "out";

    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the datum is recorded, or another's. What throws leaves the lease behind.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await RunInFolderAsync(ct);
        }
        finally
        {
            waits.End(lease.Job.Id);
            Scratch.Remove(folder);
        }
    }

    private async Task RunInFolderAsync(CancellationToken ct)
    {
        // 1
        var tray = new DatumTray(folder);
        tray.Inputs.AddFolder(outputName);
        var start = parts.Clock.GetTimestamp();
        var (bytes, lazy) = await parts.Materialiser.LayOutAsync(lease.Read, tray.Inputs, ct);
        await using var laid = lazy;
        var stats = new ProcessStats { DownloadBytes = bytes, DownloadTime = parts.Clock.GetElapsedTime(start) };

        // 2
        await using var log = new BatchLog(parts.Logs, lease.Job.RunId, parts.Clock);
        start = parts.Clock.GetTimestamp();
        if (await RunGangAsync(await OrderAsync(tray, ct), ct) is not { } end)
        {
            return;
        }

        // 3
        stats = stats with
        {
            ProcessTime = parts.Clock.GetElapsedTime(start),
        };
        await RecordAsync(log, tray, stats, end);
    }

    /// <summary>Null when the lease was lost on the way.</summary>
    private async Task<GangEnd?> RunGangAsync(GangOrder order, CancellationToken ct)
    {
        using var lost = new CancellationTokenSource();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = WatchAsync(lost, done.Token);
        try
        {
            var end = await gangs.RunAsync(order, why => waits.Set(lease.Job.Id, why), lost.Token, ct);
            return lost.IsCancellationRequested ? null : end;
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    private async Task RecordAsync(BatchLog log, DatumTray tray, ProcessStats stats, GangEnd end)
    {
        if (!end.HasSucceeded)
        {
            await log.WorkerAsync(lease, $"try {lease.Datum.Tries} of {lease.Spec.DatumTries}: {end.Words}");
        }

        await using var recorder = new OutcomeRecorder(parts, _ => { }, log);
        var state = end.HasSucceeded ? DatumState.Success : DatumState.Failed;
        await recorder.AddAsync(
            new(lease, state, stats, "ended well", tray) { Failure = end.HasSucceeded ? "" : end.Words }
        );
    }

    private async Task<GangOrder> OrderAsync(DatumTray tray, CancellationToken ct) =>
        new()
        {
            Run = lease.Job.RunId,
            RunProject = lease.Job.RunProject,
            Project = lease.Job.Project,
            Job = Limited(job with { Metadata = job.Metadata with { Name = GangNames.Of(lease) } }),
            Inputs = tray.Inputs.Path,
            Output = tray.Output,
            Variables = DatumEnvironment.OfReplica(
                lease,
                await parts.Database.ReadAsync(ServiceAddress.VariablesAsync, ct)
            ),
            ReadableRepos = lease.Caller.ReadableRepos,
        };

    /// <summary>The datum's time limit is one more of the job's.</summary>
    private TrainingJob Limited(TrainingJob named)
    {
        var policy = named.Spec.RunPolicy;
        return lease.Spec.DatumTimeout is not { } limit
            ? named
            : named with
            {
                Spec = named.Spec with
                {
                    RunPolicy = policy with
                    {
                        ActiveDeadlineSeconds = Math.Min(
                            policy.ActiveDeadlineSeconds ?? long.MaxValue,
                            (long)Math.Ceiling(limit.TotalSeconds)
                        ),
                    },
                },
            };
    }

    private async Task WatchAsync(CancellationTokenSource lost, CancellationToken done)
    {
        using var changes = parts.Database.Changes.Watch(Topics.JobSet(lease.Job.SetId));
        var watch = new LeaseWatch(
            async ct => (await parts.Leases.HeldAsync([lease], ct)).Contains(lease.Attempt),
            ct => changes.NextAsync(period, ct)
        );
        if (await watch.IsLostBeforeAsync(done))
        {
            await lost.CancelAsync();
        }
    }
}
