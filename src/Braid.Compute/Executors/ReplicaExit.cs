namespace Braid.Compute.Executors;

/// <summary>Why a replica is no longer running.</summary>
public enum ReplicaCause
{
    /// <summary>It ended by itself; <see cref="ReplicaExit.Code"/> is its exit code.</summary>
    Exited,

    /// <summary>A signal ended it that did not come from here.</summary>
    Signalled,

    /// <summary>The kernel killed it because memory ran out, its own limit or the machine's.</summary>
    OutOfMemory,

    /// <summary>It ran longer than its limit and was killed.</summary>
    TimedOut,

    /// <summary>It ended after <see cref="IExecutor.StopAsync"/>.</summary>
    Stopped,

    /// <summary>Nobody knows how it ended: its agent or engine died with it, or it was removed by somebody else.</summary>
    Lost,
}

/// <summary>How a replica ended.</summary>
/// <param name="Code">The exit code, or 128 + the signal; -1 when it is lost.</param>
/// <param name="Words">To be read after "the program": how it ended, for its owner.</param>
/// <param name="EndedAt">When it ended; when that was noticed, if nobody saw it.</param>
public sealed record ReplicaExit(ReplicaCause Cause, int Code, string Words, DateTimeOffset EndedAt)
{
    private const int signalBase = 128;
    private const int signals = 64;

    /// <summary>The signal that ended it; null when it ended by itself.</summary>
    public int? Signal => Code is > signalBase and <= signalBase + signals ? Code - signalBase : null;

    /// <summary>It ended by itself, and well.</summary>
    public bool IsSuccess => this is { Cause: ReplicaCause.Exited, Code: 0 };

    public override string ToString() => Words;

    /// <summary>An exit in the words that all executors use for its cause.</summary>
    internal static ReplicaExit Of(ReplicaCause cause, int code, DateTimeOffset at)
    {
        var exit = new ReplicaExit(cause, code, "", at);
        return exit with
        {
            Words = cause switch
            {
                ReplicaCause.Exited => $"exited with code {code}",
                ReplicaCause.Signalled => $"was ended by signal {exit.Signal}",
                ReplicaCause.OutOfMemory => "was ended by the kernel because memory ran out",
                ReplicaCause.TimedOut => "ran out of time",
                ReplicaCause.Stopped => "was stopped",
                _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "it is lost for a reason: say which"),
            },
        };
    }

    /// <param name="why">To be read after "was lost: ".</param>
    internal static ReplicaExit Lost(string why, DateTimeOffset noticedAt) =>
        new(ReplicaCause.Lost, -1, $"was lost: {why}", noticedAt);
}
