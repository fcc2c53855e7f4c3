using Braid.Primitives;

namespace Braid.Agent;

/// <summary>Why an agent cannot do what it was told.</summary>
internal static class Errors
{
    public static Error NotRunning(string replica) =>
        new(ErrorKind.NotFound, "agent.not-running", $"'{replica}' does not run on this machine");

    /// <summary>The code of <see cref="Failed"/>.</summary>
    public const string FailedCode = "agent.failed";

    /// <summary>The server answers that something is wrong with it, which may pass.</summary>
    public static Error Failed(string why) => new(ErrorKind.Unavailable, FailedCode, why);

    /// <summary>The server does not answer, or not as a server of ours would.</summary>
    public static Error NoAnswer(string server, string why) =>
        new(ErrorKind.Unavailable, "agent.no-answer", $"{server} does not answer: {why}");
}
