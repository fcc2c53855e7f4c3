using System.Diagnostics;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Mounting.Processes;

/// <summary>
/// Starts the program again, as a process of its own that outlives the terminal: 1. the same words, and a variable that says so;
/// 2. what it says until it is ready is passed on; 3. it says "ready", or it ends and this call fails as it did.
/// </summary>
internal static class Background
{
    private const string variable = "BRAID_MOUNT_IN_BACKGROUND";
    private const string ready = "ready";

    /// <summary>This process was started by <see cref="StartAsync"/>.</summary>
    public static bool IsThisProcess(Surroundings world) => world.Variable(variable) == "1";

    public static async Task<int> StartAsync(Surroundings world, CancellationToken ct)
    {
        // (1)
        using var process = Process.Start(Again()) ?? throw new Failure("cannot start the mount's own process");
        process.StandardInput.Close();
        await using var stop = ct.Register(() => process.Kill());
        // (2)
        var said = PassOnAsync(process.StandardError, world.Error);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line == ready)
            {
                // (3)
                return 0;
            }
        }

        await said;
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? 1 : process.ExitCode;
    }

    /// <summary>In the background process, before anything else: no terminal can end it, and no folder is kept in use by it.</summary>
    public static void Leave()
    {
        _ = NativeMethods.NewSession();
        Environment.CurrentDirectory = "/";
    }

    /// <summary>Tells who started it, and says everything else to its log.</summary>
    public static void SayReady(Surroundings world, string log)
    {
        using var file = File.OpenHandle(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        world.Out.WriteLine(ready);
        world.Out.Flush();
        _ = NativeMethods.Duplicate(file, NativeMethods.StandardOutput);
        _ = NativeMethods.Duplicate(file, NativeMethods.StandardError);
    }

    private static ProcessStartInfo Again()
    {
        var words = Environment.GetCommandLineArgs();
        var program = Environment.ProcessPath ?? throw new Failure("cannot find the braid program");
        // Run by the runtime, the first word is the assembly; a program of its own names itself there.
        var isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHosted ? words : words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[variable] = "1";
        return start;
    }

    private static async Task PassOnAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync(line);
        }
    }
}
