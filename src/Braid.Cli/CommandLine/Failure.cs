namespace Braid.Cli.CommandLine;

/// <summary>Ends the command: its message alone goes to standard error, and the exit code is 1.</summary>
internal sealed class Failure(string message) : Exception(message)
{
    /// <summary>The command was called wrongly: its usage follows the message.</summary>
    public Command? ShowUsageOf { get; init; }
}
