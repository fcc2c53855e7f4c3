using Braid.Cli.CommandLine;

namespace Braid.Cli.Output;

/// <summary>Asks before something that cannot be taken back.</summary>
internal static class Confirmation
{
    /// <summary>Only a line that begins with y is a yes; no line is a no.</summary>
    public static async Task<bool> AskAsync(Invocation call)
    {
        call.Error.Write("Are you sure you want to do this? (y/N): ");
        call.Error.Flush();
        using var reader = new StreamReader(call.World.OpenInput());
        return await reader.ReadLineAsync() is ['y' or 'Y', ..];
    }
}
