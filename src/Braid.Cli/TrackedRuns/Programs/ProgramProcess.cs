using System.ComponentModel;
using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Compute.Machines;

namespace Braid.Cli.TrackedRuns.Programs;

/// <summary>How a program ended.</summary>
/// <param name="Code">The exit code to pass on.</param>
/// <param name="Status">What its run is told: <c>completed</c>, <c>failed</c> or <c>stopped</c>.</param>
internal readonly record struct ProgramEnd(int Code, string Status, string Reason)
{
    private const int killed = 128;

    private static readonly Dictionary<int, string> signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL, as the kernel does when memory runs out",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [15] = "SIGTERM",
    };

    /// <param name="code">0 to 255; 128 and the number for a signal.</param>
    /// <param name="stopped">Somebody asked for the end: Ctrl-C, SIGTERM.</param>
    public static ProgramEnd Of(int code, bool stopped) =>
        code == 0 ? new(code, "completed", "")
        : stopped ? new(code, "stopped", $"stopped by {SignalOf(code) ?? $"a signal, exit code {code}"}")
        : SignalOf(code) is { } signal ? new(code, "failed", $"killed by {signal}")
        : new(code, "failed", $"exit code {code}");

    private static string? SignalOf(int code) => signals.GetValueOrDefault(code - killed);
}

/// <summary>
/// The program, with its output copied to ours and into the spool. Signals that ask us to end are passed on; the program decides.
/// </summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task[] copies;
    private readonly PassedSignals signals;

    private ProgramProcess(Process process, PassedSignals signals, EventSpool spool, Surroundings world)
    {
        this.process = process;
        this.signals = signals;
        copies =
        [
            ConsoleCopy.RunAsync(process.StandardOutput.BaseStream, world.OpenOutput(), "info", spool),
            ConsoleCopy.RunAsync(process.StandardError.BaseStream, world.OpenErrors(), "error", spool),
        ];
    }

    public int Id => process.Id;

    /// <summary>Null when it cannot be started: there is no such program, or it may not be run.</summary>
    public static ProgramProcess? TryStart(
        IReadOnlyList<string> words,
        string folder,
        IReadOnlyDictionary<string, string> variables,
        EventSpool spool,
        Surroundings world,
        out string? failure
    )
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        // Before the program, which may be seen, and asked to end, as soon as it runs.
        var signals = new PassedSignals(world.IsTyped);
        try
        {
            failure = null;
            var process = Process.Start(start)!; // null only of what a shell opens
            signals.PassTo(process);
            return new(process, signals, spool, world);
        }
        catch (Win32Exception error)
        {
            signals.Dispose();
            failure = error.Message;
            return null;
        }
    }

    /// <summary>Waits for its end and the end of its output.</summary>
    public async Task<ProgramEnd> EndAsync()
    {
        await process.WaitForExitAsync();
        await Task.WhenAll(copies);
        return ProgramEnd.Of(process.ExitCode, signals.Came);
    }

    public async ValueTask DisposeAsync()
    {
        signals.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
