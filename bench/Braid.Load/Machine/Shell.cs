using System.Diagnostics;
using System.Globalization;

namespace Braid.Load.Machine;

/// <summary>Runs the peers.</summary>
internal static class Shell
{
    /// <summary>Runs a command line of bash and says what it took.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<Usage> RunAsync(string command)
    {
        var start = new ProcessStartInfo(
            "bash",
            ["-c", $"TIMEFORMAT='%R %U %S'; set -e; time {{ {command}; }} > /dev/null"]
        )
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["RESTIC_PASSWORD"] = "load";
        start.Environment["BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK"] = "yes";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash does not start");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var last = errors.TrimEnd().Split('\n')[^1].Split(' ');
        if (process.ExitCode != 0 || last.Length != 3)
        {
            throw new InvalidOperationException($"{command}: {errors}");
        }

        return new(Seconds(last[0]), Seconds(last[1]) + Seconds(last[2]));
    }

    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
