using System.Diagnostics;

namespace Braid.Testing;

/// <summary>Runs a program of the machine to its end.</summary>
public static class ProgramRun
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    /// <summary>The standard output of a program that ends well within two minutes; the test fails when it does not.</summary>
    public static async Task<string> OutputAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
        using var stop = new CancellationTokenSource(limit);
        await using var kill = stop.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}{output}");
    }
}
