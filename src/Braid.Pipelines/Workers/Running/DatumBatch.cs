using Braid.Compute.Processes;
using Braid.Compute.Sessions;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Events;
using Braid.Pipelines.Workers.Inputs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// Runs datums of one job, one after the other: 1 the inputs of the next are laid out while one runs; 2 they are moved under
/// <c>/pfs</c>, and the user's program runs in the bench's sandbox; 3 what it left is set aside; 4 behind it, what was set
/// aside becomes trees, and the results are recorded, several at a time. Meanwhile the leases are watched: a datum that is no longer
/// ours is stopped, and when one takes long, those that wait behind it are given back for others to take.
/// </summary>
internal sealed class DatumBatch
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    private readonly WorkerParts parts;
    private readonly Workbench bench;
    private readonly WorkerDesk desk;
    private readonly IReadOnlyList<DatumLease> leases;
    private readonly LeaseQueue queue;
    private readonly BatchLog log;
    private readonly LiveEvents live;
    private DatumLease printing;

    public DatumBatch(WorkerParts parts, Workbench bench, WorkerDesk desk, IReadOnlyList<DatumLease> leases)
    {
        (this.parts, this.bench, this.desk, this.leases) = (parts, bench, desk, leases);
        queue = new(leases);
        log = new(parts.Logs, leases[0].Job.RunId, parts.Clock);
        live = new(parts, bench, log);
        printing = leases[0];
    }

    /// <summary>Returns when all are recorded, given back, or another's. What throws leaves leases behind.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var logging = log;
        var recorder = new OutcomeRecorder(parts, bench.Return, log);
        using var done = new CancellationTokenSource();
        await using var stop = ct.Register(bench.Stop);
        using var events = live;
        var watching = Task.WhenAll(WatchAsync(done.Token), live.RunAsync(done.Token));
        bench.Attach(PrintAsync);
        try
        {
            await ProcessAsync(recorder, ct);
        }
        finally
        {
            await bench.DetachAsync();
            await done.CancelAsync();
            await watching;
            await recorder.DisposeAsync();
        }
    }

    private async Task ProcessAsync(OutcomeRecorder recorder, CancellationToken ct)
    {
        var lease = queue.Next();
        var laying = LayOutAsync(lease, ct);
        while (lease is not null && await laying is { } laid)
        {
            // 1
            var next = queue.Next();
            laying = LayOutAsync(next, ct);
            try
            {
                // 2, 3
                if (await AttemptAsync(lease, laid, ct) is { } ended)
                {
                    await recorder.AddAsync(ended);
                }
            }
            catch
            {
                await Task.WhenAny(laying);
                if (laying.IsCompletedSuccessfully && await laying is { } unused)
                {
                    await unused.Lazy.DisposeAsync();
                }

                throw;
            }

            lease = next;
        }
    }

    private async Task<Laid?> LayOutAsync(DatumLease? lease, CancellationToken ct)
    {
        if (lease is null)
        {
            return null;
        }

        // Off the thread that waits for the program before.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var start = parts.Clock.GetTimestamp();
        var tray = bench.TakeTray();
        var (bytes, lazy) = await parts.Materialiser.LayOutAsync(lease.Read, tray.Inputs, ct);
        var stats = new ProcessStats { DownloadBytes = bytes, DownloadTime = parts.Clock.GetElapsedTime(start) };
        return new(tray, DatumEnvironment.OfDatum(lease), stats, lazy);
    }

    /// <summary>Null when the lease was lost on the way.</summary>
    private async Task<EndedDatum?> AttemptAsync(DatumLease lease, Laid laid, CancellationToken ct)
    {
        await using var lazy = laid.Lazy;
        if (!queue.Begin(lease))
        {
            bench.Return(laid.Tray);
            return null;
        }

        bench.Place(laid.Tray, DatumEnvironment.FileOf(laid.Variables));
        printing = lease;
        var start = parts.Clock.GetTimestamp();
        live.Begin(lease);
        var (end, state) = await RunAsync(lease, laid.Variables, ct);
        await live.EndAsync();
        var stats = laid.Stats with { ProcessTime = parts.Clock.GetElapsedTime(start) };
        await bench.SetAsideAsync(laid.Tray);
        if (end is not null)
        {
            stats = stats with { DownloadBytes = stats.DownloadBytes + lazy.BytesRead };
            return new(lease, state, stats, end.Words, laid.Tray);
        }

        bench.Return(laid.Tray);
        return null;
    }

    /// <summary>The program, and the error handler after a failure, while others may ask for, and after, the datum.</summary>
    private async Task<(ProgramEnd? End, DatumState State)> RunAsync(
        DatumLease lease,
        Dictionary<string, string> variables,
        CancellationToken ct
    )
    {
        desk.Begin(lease, parts.Clock.GetUtcNow(), () => queue.Stop(lease, bench.Stop));
        parts.Buckets.Buckets.Begin(lease, bench.Output, bench.Uploads);
        try
        {
            var end = await RunProgramAsync(lease, variables, ct);
            if (end is not { IsAccepted: false } failed)
            {
                return (end, DatumState.Success);
            }

            await log.WorkerAsync(
                lease,
                $"try {lease.Datum.Tries} of {lease.Spec.DatumTries}: the program {failed.Words}"
            );
            return await HandleFailureAsync(lease, variables, failed, ct);
        }
        finally
        {
            queue.End();
            desk.End();
            parts.Buckets.Buckets.End(lease);
        }
    }

    private Task<ProgramEnd?> RunProgramAsync(
        DatumLease lease,
        Dictionary<string, string> variables,
        CancellationToken ct
    )
    {
        var transform = lease.Spec.Transform;
        var command = CommandOf(lease, variables, transform.Cmd, transform.Stdin);
        return transform.DatumBatching ? AskAsync(lease, variables, command, ct) : ExecuteAsync(lease, command, ct);
    }

    /// <summary>The error handler of the pipeline may declare the datum recovered: no output, no failure.</summary>
    private async Task<(ProgramEnd? End, DatumState State)> HandleFailureAsync(
        DatumLease lease,
        Dictionary<string, string> variables,
        ProgramEnd end,
        CancellationToken ct
    )
    {
        var transform = lease.Spec.Transform;
        if (transform.ErrCmd is [])
        {
            return (end, DatumState.Failed);
        }

        bench.Resume();
        var handled = await ExecuteAsync(lease, CommandOf(lease, variables, transform.ErrCmd, transform.ErrStdin), ct);
        return (handled, handled is { IsClean: true } ? DatumState.Recovered : DatumState.Failed);
    }

    /// <summary>How a program that is started for the datum ended; null when it was stopped because the lease was lost.</summary>
    private async Task<ProgramEnd?> ExecuteAsync(DatumLease lease, SessionCommand command, CancellationToken ct)
    {
        var ran = await bench.RunAsync(command with { Timeout = lease.Spec.DatumTimeout }, PrintAsync);
        ct.ThrowIfCancellationRequested();
        return ran.TryGet(out var exit, out var refused) ? await JudgeAsync(lease, exit) : ProgramEnd.Refused(refused);
    }

    /// <summary>How a program that stays alive fared with the datum; null when it was stopped because the lease was lost.</summary>
    private async Task<ProgramEnd?> AskAsync(
        DatumLease lease,
        Dictionary<string, string> variables,
        SessionCommand command,
        CancellationToken ct
    )
    {
        var first = command with { Environment = DatumEnvironment.OfFirst(lease) };
        var started = await bench.ProgramAsync(first, PrintAsync);
        if (!started.TryGet(out var program, out var refused))
        {
            return ProgramEnd.Refused(refused);
        }

        desk.Serve(program);
        var outcome = await program.RunAsync(variables, lease.Spec.DatumTimeout, parts.Clock);
        ct.ThrowIfCancellationRequested();
        return outcome.Exit is { } exit ? (await JudgeAsync(lease, exit))?.Early() : ProgramEnd.Said(outcome.Error);
    }

    private async Task<ProgramEnd?> JudgeAsync(DatumLease lease, ProcessExit exit) =>
        exit.Cause == ExitCause.Stopped && !await HoldsAsync(lease) ? null : ProgramEnd.Of(exit, lease.Spec);

    /// <summary>A program may also have been stopped because somebody cancelled its datum, which then is still ours.</summary>
    private async Task<bool> HoldsAsync(DatumLease lease) =>
        (await parts.Leases.HeldAsync([lease], CancellationToken.None)).Contains(lease.Attempt);

    private static SessionCommand CommandOf(
        DatumLease lease,
        Dictionary<string, string> variables,
        IReadOnlyList<string> command,
        IReadOnlyList<string> stdin
    ) =>
        new()
        {
            Command = command,
            StandardInput = stdin,
            Environment = variables,
            WorkingDirectory = lease.Spec.Transform.WorkingDir is { Length: > 0 } directory ? directory : "/",
        };

    private ValueTask PrintAsync(OutputLine line) => log.UserAsync(printing, line);

    private async Task WatchAsync(CancellationToken done)
    {
        try
        {
            using var watch = parts.Database.Changes.Watch(Topics.JobSet(leases[0].Job.SetId));
            var begun = parts.Clock.GetTimestamp();
            while (true)
            {
                queue.Keep(await parts.Leases.HeldAsync(leases, done), bench.Stop);
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

    /// <summary>Inputs of a datum, ready to be moved in; what that took so far.</summary>
    private sealed record Laid(
        DatumTray Tray,
        Dictionary<string, string> Variables,
        ProcessStats Stats,
        LazyFiles Lazy
    );
}
