namespace Braid.Compute.Processes;

public enum ExitCause
{
    /// <summary>It ended by itself; <see cref="ProcessExit.Code"/> is its exit code.</summary>
    Exited,

    /// <summary>A signal ended it.</summary>
    Signalled,

    /// <summary>The kernel killed it while memory was short.</summary>
    OutOfMemory,

    TimedOut,

    /// <summary><see cref="RunningProcess.Stop"/> ended it.</summary>
    Stopped,
}

/// <summary>How a process ended.</summary>
/// <param name="Code">The exit code, or 128 + the signal, as shells write it.</param>
public sealed record ProcessExit(ExitCause Cause, int Code)
{
    private const int signalBase = 128;
    private const int signals = 64;
    private const int sigKill = 9;

    /// <summary>The signal that ended it; null when it ended by itself.</summary>
    public int? Signal => Code is > signalBase and <= signalBase + signals ? Code - signalBase : null;

    /// <summary>The exit of a process that nobody here ended. A sandbox reports signal N of what it runs as 128 + N.</summary>
    internal static ProcessExit Unforced(int code, bool memoryWasShort)
    {
        var exit = new ProcessExit(ExitCause.Exited, code);
        return exit.Signal switch
        {
            null => exit,
            sigKill when memoryWasShort => exit with { Cause = ExitCause.OutOfMemory },
            _ => exit with { Cause = ExitCause.Signalled },
        };
    }

    /// <summary>In words, for whoever owns the process.</summary>
    public override string ToString() =>
        Cause switch
        {
            ExitCause.Exited => $"exited with code {Code}",
            ExitCause.Signalled => $"was ended by signal {Signal}",
            ExitCause.OutOfMemory => "was ended by the kernel because memory ran out",
            ExitCause.TimedOut => "ran out of time",
            _ => "was stopped",
        };
}
