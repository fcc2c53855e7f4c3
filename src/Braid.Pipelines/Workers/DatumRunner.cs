using Braid.Compute.Processes;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Storage;
using Braid.Storage.Trees;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Runs one attempt of one datum: 1 its inputs are laid out in a folder of the attempt's own; 2 the user's program runs in a
/// sandbox that sees them, while the lease is watched; 3 what it left in <c>/pfs/out</c> becomes a tree; 4 the result is
/// recorded, unless the datum is no longer this attempt's.
/// </summary>
internal sealed class DatumRunner(
    Database database,
    ContentStore content,
    DatumLeases leases,
    RunLogs logs,
    ProcessExecutor executor,
    FileCache cache,
    DoorEndpoints doors,
    WorkerOptions options,
    TimeProvider clock
)
{
    private readonly InputMaterialiser materialiser = new(content, cache);

    /// <summary>Cancelling it gives the datum back.</summary>
    public async Task RunAsync(DatumLease lease, CancellationToken ct)
    {
        var folder = Path.Combine(options.ScratchFolder, lease.Attempt);
        // Begun by the attempt once there is output to keep, which may be days from now.
        ContentHold? hold = null;
        try
        {
            var outcome = await AttemptAsync(lease, folder, () => hold = content.Hold(), ct);
            if (outcome is not null)
            {
                await leases.CompleteAsync(lease, outcome, ct);
            }
        }
        catch
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
            throw;
        }
        finally
        {
            hold?.Dispose();
            Scratch.Remove(folder);
        }
    }

    /// <summary>Null when the lease was lost on the way.</summary>
    private async Task<DatumOutcome?> AttemptAsync(
        DatumLease lease,
        string folder,
        Func<ContentHold> beginHold,
        CancellationToken ct
    )
    {
        var (inputs, output) = (Path.Combine(folder, "in"), Path.Combine(folder, "out"));
        Directory.CreateDirectory(inputs);
        Directory.CreateDirectory(output);
        await using var log = new DatumLog(logs, lease, clock);
        var start = clock.GetTimestamp();
        var downloaded = await materialiser.LayOutAsync(lease, inputs, ct);
        var stats = new ProcessStats { DownloadBytes = downloaded, DownloadTime = clock.GetElapsedTime(start) };

        start = clock.GetTimestamp();
        if (
            await ExecuteAsync(lease, lease.Spec.Transform.Cmd, lease.Spec.Transform.Stdin, folder, log, ct)
            is not { } exit
        )
        {
            return null;
        }

        stats = stats with { ProcessTime = clock.GetElapsedTime(start) };
        if (!Accepts(lease, exit))
        {
            await log.WorkerAsync($"try {lease.Datum.Tries} of {lease.Spec.DatumTries}: the program {exit}");
            return await HandleFailureAsync(lease, stats, folder, log, ct);
        }

        start = clock.GetTimestamp();
        var hold = beginHold();
        // While the lease holds, the commits that outputs may be taken over from are there.
        if (!await leases.HoldsAsync(lease, ct))
        {
            return null;
        }

        var collected = await new OutputCollector(hold, lease, new(inputs, output)).CollectAsync(ct);
        if (!collected.TryGet(out var root, out var error))
        {
            await log.WorkerAsync(error.Message);
            return new(DatumState.Failed, TreeRoot.Empty, stats);
        }

        var size = await content.StatsAsync(root, ct);
        await log.WorkerAsync($"processed: {lease.Datum.Reason}; the program {exit} and wrote {size.Files} files");
        return new(
            DatumState.Success,
            root,
            stats with
            {
                UploadBytes = size.Size,
                UploadTime = clock.GetElapsedTime(start),
            }
        );
    }

    private static bool Accepts(DatumLease lease, ProcessExit exit) =>
        exit.Cause == ExitCause.Exited && (exit.Code == 0 || lease.Spec.Transform.AcceptReturnCode.Contains(exit.Code));

    /// <summary>The error handler of the pipeline may declare the datum recovered: no output, no failure.</summary>
    private async Task<DatumOutcome?> HandleFailureAsync(
        DatumLease lease,
        ProcessStats stats,
        string folder,
        DatumLog log,
        CancellationToken ct
    )
    {
        var transform = lease.Spec.Transform;
        if (transform.ErrCmd is [])
        {
            return new(DatumState.Failed, TreeRoot.Empty, stats);
        }

        var exit = await ExecuteAsync(lease, transform.ErrCmd, transform.ErrStdin, folder, log, ct);
        return exit is null ? null
            : exit is { Cause: ExitCause.Exited, Code: 0 } ? new(DatumState.Recovered, TreeRoot.Empty, stats)
            : new(DatumState.Failed, TreeRoot.Empty, stats);
    }

    /// <summary>How the program ended; null when it was stopped because the lease was lost.</summary>
    private async Task<ProcessExit?> ExecuteAsync(
        DatumLease lease,
        IReadOnlyList<string> command,
        IReadOnlyList<string> stdin,
        string folder,
        DatumLog log,
        CancellationToken ct
    )
    {
        var process = await executor.StartAsync(Specify(lease, command, stdin, folder), log.UserAsync);
        await using var stop = ct.Register(process.Stop);
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(lease, process, done.Token);
        try
        {
            var exit = await process.Exit;
            ct.ThrowIfCancellationRequested();
            return exit.Cause == ExitCause.Stopped ? null : exit;
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    private ProcessSpec Specify(
        DatumLease lease,
        IReadOnlyList<string> command,
        IReadOnlyList<string> stdin,
        string folder
    )
    {
        var inputs = lease.Inputs.Select(match => lease.Leaves[match.Leaf].Name).Distinct(StringComparer.Ordinal);
        return new()
        {
            Command = command,
            StandardInput = stdin,
            Environment = DatumEnvironment.Of(lease, doors),
            WorkingDirectory = lease.Spec.Transform.WorkingDir is { Length: > 0 } directory ? directory : "/",
            Timeout = lease.Spec.DatumTimeout,
            Mounts =
            [
                .. inputs.Select(name => new Mount(Path.Combine(folder, "in", name), $"/pfs/{name}", false)),
                new(Path.Combine(folder, "out"), SandboxPaths.Out, true),
            ],
        };
    }

    /// <summary>Stops the program when the job is killed, or another server has taken over.</summary>
    private async Task WatchAsync(DatumLease lease, RunningProcess process, CancellationToken done)
    {
        try
        {
            using var watch = database.Changes.Watch(Topics.JobSet(lease.Job.SetId));
            while (await leases.HoldsAsync(lease, done))
            {
                await watch.NextAsync(TimeSpan.FromSeconds(5), done);
            }

            process.Stop();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The program has ended.
        }
    }
}
