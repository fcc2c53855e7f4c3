using Braid.Compute.Executors;

namespace Braid.Compute.Processes.Replicas;

/// <summary>One replica that is, or was, a process: its folder, its lines, and how it ended.</summary>
internal sealed class LocalReplica
{
    private readonly ReplicaFolder folder;
    private readonly Replica started;
    private readonly RunningProcess? process;
    private readonly ReplicaSpec? spec;
    private bool isAbandoned;

    /// <summary>One that runs.</summary>
    private LocalReplica(
        ReplicaFolder folder,
        ReplicaLog log,
        Replica started,
        ReplicaSpec spec,
        RunningProcess process,
        TimeProvider clock
    )
    {
        this.folder = folder;
        this.started = started;
        this.spec = spec;
        this.process = process;
        Log = log;
        Exit = WatchAsync(process, clock);
    }

    /// <summary>One that ended.</summary>
    private LocalReplica(ReplicaFolder folder, ReplicaLog log, Replica started, ReplicaExit exit)
    {
        this.folder = folder;
        this.started = started;
        Log = log;
        Exit = Task.FromResult(exit);
    }

    public ReplicaLog Log { get; }

    /// <summary>Completes when it has ended, all its lines are in the log, and how it ended is written down.</summary>
    public Task<ReplicaExit> Exit { get; }

    public ReplicaFolder Folder => folder;

    public bool Is(ReplicaId id) => started.Id == id;

    public string Name => started.Name;

    public long Token => started.Token;

    public async Task<Replica> DescribeAsync() => Exit.IsCompleted ? started with { Exit = await Exit } : started;

    public static async Task<LocalReplica> StartAsync(
        ReplicaFolder folder,
        Replica started,
        ReplicaSpec spec,
        ProcessExecutor processes,
        ProcessSpec command,
        TimeProvider clock
    )
    {
        folder.WriteStarted(started);
        var log = ReplicaLog.Create(folder.Log);
        try
        {
            var process = await processes.StartAsync(
                command,
                line =>
                {
                    log.Append(clock.GetUtcNow(), line);
                    return ValueTask.CompletedTask;
                }
            );
            return new(folder, log, started, spec, process, clock);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>What an earlier agent left; null when it did not get as far as a replica: then nothing is left of it.</summary>
    public static LocalReplica? Reopen(ReplicaFolder folder, TimeProvider clock)
    {
        if (folder.ReadStarted() is not { } started)
        {
            folder.Delete();
            return null;
        }

        if (folder.ReadExit() is not { } exit)
        {
            exit = ReplicaExit.Lost("its agent died, and the process with it", clock.GetUtcNow());
            folder.WriteExit(exit);
        }

        return new(folder, ReplicaLog.Reopen(folder.Log), started, exit);
    }

    /// <summary>Null when it has ended.</summary>
    public ReplicaUsage? Use() => process?.Use() is var (cpu, memory) ? new(cpu, memory) : null;

    public async Task StopAsync(CancellationToken ct)
    {
        if (process is not null && spec is not null)
        {
            await process.StopAsync(spec.StopSignal, spec.StopGrace, ct);
            await Exit;
        }
    }

    public async Task KillAsync()
    {
        process?.Stop();
        await Exit;
    }

    /// <summary>Kills it because its agent ends: it is lost, and somebody has to run it again.</summary>
    public async Task AbandonAsync()
    {
        Volatile.Write(ref isAbandoned, true);
        await KillAsync();
        Log.Dispose();
    }

    /// <summary>Removes what is left of one that has ended.</summary>
    public void Delete()
    {
        Log.Dispose();
        folder.Delete();
    }

    private async Task<ReplicaExit> WatchAsync(RunningProcess running, TimeProvider clock)
    {
        var exit = await JudgeAsync(running, clock);
        Log.Complete();
        folder.WriteExit(exit);
        return exit;
    }

    private async Task<ReplicaExit> JudgeAsync(RunningProcess running, TimeProvider clock)
    {
        try
        {
            var exit = await running.Exit;
            return Volatile.Read(ref isAbandoned) && exit.Cause == ExitCause.Stopped
                ? ReplicaExit.Lost("its agent ended, and the process with it", clock.GetUtcNow())
                : ReplicaExit.Of(Cause(exit.Cause), exit.Code, clock.GetUtcNow());
        }
        catch (IOException error)
        {
            return ReplicaExit.Lost($"its lines could not be kept ({error.Message})", clock.GetUtcNow());
        }
    }

    private static ReplicaCause Cause(ExitCause cause) =>
        cause switch
        {
            ExitCause.Exited => ReplicaCause.Exited,
            ExitCause.Signalled => ReplicaCause.Signalled,
            ExitCause.OutOfMemory => ReplicaCause.OutOfMemory,
            ExitCause.TimedOut => ReplicaCause.TimedOut,
            _ => ReplicaCause.Stopped,
        };
}
