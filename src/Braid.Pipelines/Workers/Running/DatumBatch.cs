using Braid.Compute.Processes;
using Braid.Compute.Sessions;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// Runs datums of one job, one after the other: 1 the inputs of the next are laid out while one runs; 2 they are moved under
/// <c>/pfs</c>, and the user's program runs in the bench's sandbox; 3 what it left is set aside; 4 behind it, what was set
/// aside becomes trees, and the results are recorded, several at a time. Meanwhile the leases are watched: a datum that is no longer
/// ours is stopped, and when one takes long, those that wait behind it are given back for others to take.
/// </summary>
internal sealed class DatumBatch(WorkerParts parts, Workbench bench, IReadOnlyList<DatumLease> leases)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    private readonly LeaseQueue queue = new(leases);
    private readonly BatchLog log = new(parts.Logs, leases[0].Job.RunId, parts.Clock);

    /// <summary>Returns when all are recorded, given back, or another's. What throws leaves leases behind.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var logging = log;
        var recorder = new OutcomeRecorder(parts, log);
        using var done = new CancellationTokenSource();
        await using var stop = ct.Register(bench.Stop);
        var watching = WatchAsync(done.Token);
        try
        {
            await ProcessAsync(recorder, ct);
        }
        finally
        {
            await done.CancelAsync();
            await watching;
            await recorder.DisposeAsync();
        }
    }

    private async Task ProcessAsync(OutcomeRecorder recorder, CancellationToken ct)
    {
        var lease = queue.Next();
        var laid = LayOutAsync(lease, ct);
        while (lease is not null)
        {
            // 1
            var download = await laid;
            var next = queue.Next();
            laid = LayOutAsync(next, ct);
            try
            {
                // 2, 3
                if (queue.Begin(lease) && await AttemptAsync(lease, download, ct) is { } ended)
                {
                    await recorder.AddAsync(ended);
                }
            }
            catch
            {
                await laid.ContinueWith(_ => { }, TaskScheduler.Default);
                throw;
            }

            lease = next;
        }
    }

    private async Task<ProcessStats> LayOutAsync(DatumLease? lease, CancellationToken ct)
    {
        if (lease is null)
        {
            return new();
        }

        // Off the thread that waits for the program before.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var start = parts.Clock.GetTimestamp();
        var bytes = await parts.Materialiser.LayOutAsync(lease, bench.Stage(lease), ct);
        return new() { DownloadBytes = bytes, DownloadTime = parts.Clock.GetElapsedTime(start) };
    }

    /// <summary>Null when the lease was lost on the way.</summary>
    private async Task<EndedDatum?> AttemptAsync(DatumLease lease, ProcessStats stats, CancellationToken ct)
    {
        bench.Place(lease);
        var start = parts.Clock.GetTimestamp();
        var transform = lease.Spec.Transform;
        var exit = await ExecuteAsync(lease, transform.Cmd, transform.Stdin, ct);
        stats = stats with { ProcessTime = parts.Clock.GetElapsedTime(start) };
        var state = DatumState.Success;
        if (exit is { } failed && !Accepts(lease, failed))
        {
            await log.WorkerAsync(lease, $"try {lease.Datum.Tries} of {lease.Spec.DatumTries}: the program {failed}");
            (exit, state) = await HandleFailureAsync(lease, failed, ct);
        }

        queue.End();
        var folder = bench.SetAside(lease);
        if (exit is not null)
        {
            return new(lease, state, stats, $"{exit}", folder);
        }

        folder.Remove();
        return null;
    }

    private static bool Accepts(DatumLease lease, ProcessExit exit) =>
        exit.Cause == ExitCause.Exited && (exit.Code == 0 || lease.Spec.Transform.AcceptReturnCode.Contains(exit.Code));

    /// <summary>The error handler of the pipeline may declare the datum recovered: no output, no failure.</summary>
    private async Task<(ProcessExit? Exit, DatumState State)> HandleFailureAsync(
        DatumLease lease,
        ProcessExit exit,
        CancellationToken ct
    )
    {
        var transform = lease.Spec.Transform;
        if (transform.ErrCmd is [])
        {
            return (exit, DatumState.Failed);
        }

        var handled = await ExecuteAsync(lease, transform.ErrCmd, transform.ErrStdin, ct);
        var isRecovered = handled is { Cause: ExitCause.Exited, Code: 0 };
        return (handled, isRecovered ? DatumState.Recovered : DatumState.Failed);
    }

    /// <summary>How the program ended; null when it was stopped because the lease was lost.</summary>
    private async Task<ProcessExit?> ExecuteAsync(
        DatumLease lease,
        IReadOnlyList<string> command,
        IReadOnlyList<string> stdin,
        CancellationToken ct
    )
    {
        var start = new SessionCommand
        {
            Command = command,
            StandardInput = stdin,
            Environment = DatumEnvironment.OfDatum(lease),
            WorkingDirectory = lease.Spec.Transform.WorkingDir is { Length: > 0 } directory ? directory : "/",
            Timeout = lease.Spec.DatumTimeout,
        };
        var exit = await bench.RunAsync(start, line => log.UserAsync(lease, line));
        ct.ThrowIfCancellationRequested();
        return exit.Cause == ExitCause.Stopped ? null : exit;
    }

    private async Task WatchAsync(CancellationToken done)
    {
        try
        {
            using var watch = parts.Database.Changes.Watch(Topics.JobSet(leases[0].Job.SetId));
            var begun = parts.Clock.GetTimestamp();
            while (true)
            {
                if (queue.Keep(await parts.Leases.HeldAsync(leases, done)))
                {
                    bench.Stop();
                }

                var left = patience - parts.Clock.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero && queue.TakeRest() is { Count: > 0 } rest)
                {
                    await parts.Leases.ReturnAsync(rest, done);
                }

                await watch.NextAsync(left > TimeSpan.Zero ? left : period, done);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The batch has ended.
        }
    }
}
