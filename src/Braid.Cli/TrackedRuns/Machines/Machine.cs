using System.Globalization;
using System.Runtime.InteropServices;

namespace Braid.Cli.TrackedRuns.Machines;

/// <summary>What a run notes of the machine that it is on.</summary>
internal static class Machine
{
    public static string Text() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            host={Environment.MachineName}
            system={RuntimeInformation.OSDescription}
            architecture={RuntimeInformation.OSArchitecture}
            processors={Environment.ProcessorCount}
            processor={Line("/proc/cpuinfo", "model name")}
            memory={Line("/proc/meminfo", "MemTotal")}
            user={Environment.UserName}
            folder={Environment.CurrentDirectory}

            """
        );

    /// <summary>The value of the first line of that name; empty when there is none.</summary>
    public static string Line(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line?.Split(':', 2) is [_, var value] ? value.Trim() : "";
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
