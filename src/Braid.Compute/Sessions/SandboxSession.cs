using System.Diagnostics;
using System.Text;
using Braid.Compute.Limits;
using Braid.Compute.Processes;

namespace Braid.Compute.Sessions;

/// <summary>
/// A sandbox that stays, with a shell in it that starts one command after the other: what a sandbox costs is paid once. Between
/// two commands nothing runs but the shell. A command that runs out of time or is stopped takes the whole sandbox with it.
/// </summary>
public sealed class SandboxSession : IAsyncDisposable
{
    private readonly Process process;
    private readonly TimeProvider clock;
    private readonly SessionScript script;
    private readonly SessionOutput stdout;
    private readonly SessionOutput stderr;
    private readonly ControlGroup? group;
    private long memoryKills;
    private int forced = (int)ExitCause.Exited;
    private bool hasBegun;

    internal SandboxSession(Process process, ControlGroup? group, SessionScript script, TimeProvider clock)
    {
        this.process = process;
        this.group = group;
        this.clock = clock;
        this.script = script;
        memoryKills = MemoryKills();
        stdout = new(process.StandardOutput.BaseStream, isError: false, script.Mark);
        stderr = new(process.StandardError.BaseStream, isError: true, script.Mark);
    }

    /// <summary>True once no command can run in it any more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Runs a command to its end, one at a time; <paramref name="output"/> gets its lines as they come, one at a time per
    /// stream. Throws what the sink threw.
    /// </summary>
    public async Task<ProcessExit> RunAsync(SessionCommand command, Func<OutputLine, ValueTask> output)
    {
        using var timer = clock.CreateTimer(
            _ => Kill(ExitCause.TimedOut),
            null,
            command.Timeout ?? Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        var reading = Task.WhenAll(ReadAsync(stdout, output), ReadAsync(stderr, output));
        await TellAsync(command);
        var ends = await reading;
        return ends is [int code, not null] && Volatile.Read(ref forced) == (int)ExitCause.Exited
            ? Unforced(code)
            : await EndAsync();
    }

    /// <summary>Kills the command that runs and all it started, with the sandbox.</summary>
    public void Stop() => Kill(ExitCause.Stopped);

    /// <summary>Ends the sandbox and returns when everything in it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await process.WaitForExitAsync();
        process.Dispose();
        await (group?.RemoveAsync() ?? Task.CompletedTask);
    }

    private async Task TellAsync(SessionCommand command)
    {
        try
        {
            var text = hasBegun ? script.Of(command) : SessionScript.Begin + script.Of(command);
            hasBegun = true;
            var input = process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(text));
            await input.FlushAsync();
        }
        catch (IOException)
        {
            // The sandbox is gone: its streams end, and its exit code says why.
        }
    }

    private async Task<int?> ReadAsync(SessionOutput stream, Func<OutputLine, ValueTask> output)
    {
        try
        {
            return await stream.ReadAsync(output);
        }
        catch
        {
            Stop();
            throw;
        }
    }

    /// <summary>The command took the sandbox with it.</summary>
    private async Task<ProcessExit> EndAsync()
    {
        IsOver = true;
        await process.WaitForExitAsync();
        var cause = (ExitCause)Volatile.Read(ref forced);
        return cause == ExitCause.Exited ? Unforced(process.ExitCode) : new(cause, process.ExitCode);
    }

    private ProcessExit Unforced(int code)
    {
        var exit = ProcessExit.Unforced(code, memoryWasShort: false);
        if (exit.Signal is null)
        {
            return exit;
        }

        var before = memoryKills;
        memoryKills = MemoryKills();
        return ProcessExit.Unforced(code, memoryKills > before);
    }

    private long MemoryKills() => group?.MemoryKills() ?? MemoryPressure.Kills();

    private void Kill(ExitCause cause)
    {
        IsOver = true;
        try
        {
            if (!process.HasExited)
            {
                Interlocked.CompareExchange(ref forced, (int)cause, (int)ExitCause.Exited);
                SandboxSignal.Kill(process); // also while the sandbox is being made
            }
        }
        catch (InvalidOperationException)
        {
            // It ended, and was disposed of, between the two lines above.
        }
    }
}
