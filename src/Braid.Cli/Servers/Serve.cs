using System.Runtime.InteropServices;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Servers;

/// <summary>Becomes the server: the same process, so that signals and exit codes are the server's own.</summary>
internal static partial class Serve
{
    public static Command Command { get; } =
        new("serve", "--data DIR [options]", "Start the server (braid serve --help lists its options).")
        {
            PassesThrough = true,
            RunAsync = (call, _) => Become(call.Arguments),
        };

    /// <summary>The agent is a part of the server's program.</summary>
    public static Command AgentCommand { get; } =
        new("agent", "--server URL --data DIR [options]", "Run placed work on this machine (braid agent --help).")
        {
            PassesThrough = true,
            RunAsync = (call, _) => Become(Programs.Agent, call.Arguments),
        };

    /// <summary>Becomes the server with these options.</summary>
    public static Task<int> Become(IReadOnlyList<string> options) => Become(Programs.Server, options);

    /// <summary>Becomes another program.</summary>
    /// <param name="program">Its command line; the options follow.</param>
    public static Task<int> Become(IReadOnlyList<string> program, IReadOnlyList<string> options)
    {
        Replace(program[0], [.. program, .. options, null]);
        throw new Failure($"cannot start {program[0]}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Returns only when it failed.</summary>
    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Replace(string program, string?[] arguments);
}
