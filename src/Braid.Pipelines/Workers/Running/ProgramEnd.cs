using Braid.Compute.Processes;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Running;

/// <summary>How a program fared with a datum.</summary>
/// <param name="IsAccepted">The datum succeeded, as far as the program is concerned.</param>
/// <param name="Words">What the program did, to be read after "the program".</param>
/// <param name="IsClean">It ended by itself, with 0.</param>
internal sealed record ProgramEnd(bool IsAccepted, string Words, bool IsClean)
{
    public static ProgramEnd Of(ProcessExit exit, PipelineSpec spec)
    {
        var isAccepted =
            exit.Cause == ExitCause.Exited && (exit.Code == 0 || spec.Transform.AcceptReturnCode.Contains(exit.Code));
        var limit =
            exit.Cause == ExitCause.OutOfMemory && spec.ResourceLimits?.MemoryBytes is { } bytes
                ? $"; its limit is {bytes} bytes"
                : "";
        return new(isAccepted, $"{exit}{limit}", exit is { Cause: ExitCause.Exited, Code: 0 });
    }

    public static ProgramEnd Refused(Error why) => new(false, $"was not started: {why.Message}", false);

    /// <summary>A program that stays alive asked for the next datum.</summary>
    /// <param name="error">What it said about this one; empty: it went well.</param>
    public static ProgramEnd Said(string error) =>
        error.Length == 0 ? new(true, "asked for the next datum", true) : new(false, $"said: {error}", false);

    /// <summary>A program that was to stay alive ended, so the datum failed however it ended.</summary>
    public ProgramEnd Early() => new(false, $"{Words} before it asked for the next datum", false);
}
