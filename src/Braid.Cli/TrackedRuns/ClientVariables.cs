using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.TrackedRuns;

/// <summary>What a program's own clients need to find the same server.</summary>
internal static class ClientVariables
{
    /// <param name="folder">The server's folder, where it is given.</param>
    public static Dictionary<string, string> Of(Surroundings world, string? folder) =>
        (folder ?? (world.Variable("CLEARML_API_HOST") is null ? world.Variable("BRAID_DATA") : null)) is { } used
        && ServerFolder.Read(used) is { } server
            ? Servers.Env.Exports(Path.GetFullPath(used), server).ToDictionary(pair => pair.Name, pair => pair.Value)
            : [];
}
