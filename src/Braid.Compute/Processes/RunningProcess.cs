using System.Diagnostics;
using Braid.Compute.Limits;
using Braid.Compute.Machines;

namespace Braid.Compute.Processes;

/// <summary>A process in its sandbox: watch it, stop it.</summary>
public sealed class RunningProcess
{
    private readonly Process process;
    private readonly Func<OutputLine, ValueTask> output;
    private readonly ControlGroup? group;
    private readonly TimeProvider clock;
    private readonly int id;
    private readonly long memoryKillsBefore;
    private int forced = (int)ExitCause.Exited;

    internal RunningProcess(
        Process process,
        ControlGroup? group,
        ProcessSpec spec,
        Func<OutputLine, ValueTask> output,
        TimeProvider clock
    )
    {
        this.process = process;
        this.group = group;
        memoryKillsBefore = MemoryKills();
        this.output = output;
        this.clock = clock;
        id = process.Id;
        Exit = RunAsync(spec);
    }

    /// <summary>Completes when the process and all it started have ended and every line was handed over; throws what the sink threw.</summary>
    public Task<ProcessExit> Exit { get; }

    /// <summary>Processor time and memory of the process and all that it started; null when it has ended.</summary>
    public (TimeSpan Cpu, long MemoryBytes)? Use()
    {
        if (Exit.IsCompleted)
        {
            return null;
        }

        var (ticks, memory) = ProcessTree.Use(id);
        return memory == 0 ? null : (ticks * ProcessTree.Tick, memory);
    }

    /// <summary>Kills the process and all it started, at once; nothing happens when it has ended.</summary>
    public void Stop() => Kill(ExitCause.Stopped);

    /// <summary>
    /// Sends the program itself a signal, and kills everything when it has not ended within <paramref name="grace"/>; returns when all
    /// has ended, or <paramref name="ct"/> says so: then it is killed at once.
    /// </summary>
    public async Task StopAsync(int signal, TimeSpan grace, CancellationToken ct)
    {
        if (!Force(ExitCause.Stopped) || !SandboxSignal.TrySend(id, signal))
        {
            Stop();
        }

        // How it ended, and what its sink threw, is told by Exit.
        await Task.WhenAny(Exit, Task.Delay(grace, clock, ct));
        Stop();
        await Task.WhenAny(Exit);
    }

    private async Task<ProcessExit> RunAsync(ProcessSpec spec)
    {
        using (process)
        using (
            clock.CreateTimer(
                _ => Kill(ExitCause.TimedOut),
                null,
                spec.Timeout ?? Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            )
        )
        {
            await Task.WhenAll(
                FeedAsync(spec.StandardInput),
                PumpAsync(process.StandardOutput.BaseStream, false),
                PumpAsync(process.StandardError.BaseStream, true),
                process.WaitForExitAsync()
            );
            var cause = (ExitCause)Volatile.Read(ref forced);
            var exit =
                cause == ExitCause.Exited
                    ? ProcessExit.Unforced(process.ExitCode, MemoryKills() > memoryKillsBefore)
                    : new(cause, process.ExitCode);
            await (group?.RemoveAsync() ?? Task.CompletedTask);
            return exit;
        }
    }

    private long MemoryKills() => group?.MemoryKills() ?? MemoryPressure.Kills();

    /// <summary>Killing the sandbox's outermost process kills what is in it, once it is made; while it is being made, both are killed.</summary>
    private void Kill(ExitCause cause)
    {
        try
        {
            if (Force(cause))
            {
                SandboxSignal.Kill(process);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended, and was disposed of, between the two calls above.
        }
    }

    /// <summary>Keeps why it is about to end, unless that is known already; false when it has ended.</summary>
    private bool Force(ExitCause cause)
    {
        try
        {
            if (process.HasExited)
            {
                return false;
            }

            Interlocked.CompareExchange(ref forced, (int)cause, (int)ExitCause.Exited);
            return true;
        }
        catch (InvalidOperationException)
        {
            // It ended, and was disposed of.
            return false;
        }
    }

    private async Task FeedAsync(IReadOnlyList<string> lines)
    {
        try
        {
            await using var input = process.StandardInput;
            foreach (var line in lines)
            {
                await input.WriteAsync(line + "\n");
            }
        }
        catch (IOException)
        {
            // The program closed its standard input without reading all of it, which is its right.
        }
    }

    private async Task PumpAsync(Stream stream, bool isError)
    {
        try
        {
            var splitter = new LineSplitter(LineSplitter.DefaultLongest);
            var buffer = new byte[8192];
            for (int read; (read = await stream.ReadAsync(buffer)) > 0; )
            {
                await HandOverAsync(splitter.Add(buffer.AsSpan(0, read)), isError);
            }

            await HandOverAsync(splitter.End(), isError);
        }
        catch
        {
            Stop();
            throw;
        }
    }

    private async Task HandOverAsync(IReadOnlyList<string> lines, bool isError)
    {
        foreach (var line in lines)
        {
            await output(new(isError, line));
        }
    }
}
