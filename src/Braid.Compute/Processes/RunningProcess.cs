using System.Diagnostics;
using Braid.Compute.Limits;

namespace Braid.Compute.Processes;

/// <summary>A process in its sandbox: watch it, stop it.</summary>
public sealed class RunningProcess
{
    private readonly Process process;
    private readonly Func<OutputLine, ValueTask> output;
    private readonly ControlGroup? group;
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
        Exit = RunAsync(spec, clock);
    }

    /// <summary>Completes when the process and all it started have ended and every line was handed over; throws what the sink threw.</summary>
    public Task<ProcessExit> Exit { get; }

    /// <summary>Kills the process and all it started, at once; nothing happens when it has ended.</summary>
    public void Stop() => Kill(ExitCause.Stopped);

    private async Task<ProcessExit> RunAsync(ProcessSpec spec, TimeProvider clock)
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

    /// <summary>Killing the sandbox's outermost process is enough: its namespace dies with it.</summary>
    private void Kill(ExitCause cause)
    {
        try
        {
            if (!process.HasExited)
            {
                Interlocked.CompareExchange(ref forced, (int)cause, (int)ExitCause.Exited);
                process.Kill();
            }
        }
        catch (InvalidOperationException)
        {
            // It ended, and was disposed of, between the two lines above.
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
