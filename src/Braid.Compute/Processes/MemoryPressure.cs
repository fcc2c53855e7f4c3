using System.Globalization;

namespace Braid.Compute.Processes;

/// <summary>How often the kernel has killed a process for want of memory since it booted.</summary>
internal static class MemoryPressure
{
    private const string counter = "oom_kill ";

    /// <summary>0 where the kernel does not say.</summary>
    public static long Kills() => Counter("/proc/vmstat");

    /// <summary>The same counter of another file, such as a control group's.</summary>
    public static long Counter(string file) =>
        File.Exists(file)
        && File.ReadLines(file).FirstOrDefault(l => l.StartsWith(counter, StringComparison.Ordinal)) is { } line
            ? long.Parse(line.AsSpan(counter.Length), CultureInfo.InvariantCulture)
            : 0;
}
