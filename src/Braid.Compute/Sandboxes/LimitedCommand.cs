using System.Globalization;
using Braid.Compute.Processes;

namespace Braid.Compute.Sandboxes;

/// <summary>
/// Puts rlimits in front of a command by util-linux's <c>prlimit</c>, and gives it back the signals that this process ignores; a command
/// that needs neither stays as it is.
/// </summary>
internal static class LimitedCommand
{
    public static IEnumerable<string> Of(ProcessSpec spec)
    {
        string[] limits = [.. Limit("data", spec.Limits.MemoryBytes), .. Limit("nofile", spec.Limits.OpenFiles)];
        string[] command = [.. IgnoredSignals.Reset, .. spec.Command];
        return limits is [] ? command : ["prlimit", .. limits, "--", .. command];
    }

    private static string[] Limit(string name, long? value) =>
        value is { } limit ? [string.Create(CultureInfo.InvariantCulture, $"--{name}={limit}")] : [];
}
