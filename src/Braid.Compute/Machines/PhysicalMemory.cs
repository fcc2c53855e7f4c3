using System.Globalization;

namespace Braid.Compute.Machines;

/// <summary>The machine's memory, as <c>/proc/meminfo</c> tells it.</summary>
internal static class PhysicalMemory
{
    private const string total = "MemTotal:";

    public static long Read() => Parse(File.ReadLines("/proc/meminfo"));

    /// <param name="lines"><c>MemTotal:  16384 kB</c>, among others.</param>
    public static long Parse(IEnumerable<string> lines)
    {
        var line = lines.First(line => line.StartsWith(total, StringComparison.Ordinal));
        return long.Parse(line[total.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
