using System.Globalization;
using Braid.Compute.Limits;

namespace Braid.Compute.Machines;

/// <summary>
/// What this process's control groups allow, of version 2 or 1: the least of its own group and all above it that can be seen. Null: no limit.
/// </summary>
internal sealed record GroupLimits(double? Cpus, long? MemoryBytes)
{
    private const string none = "max";

    public static GroupLimits Here() => Least(GroupFolder.Unified(), GroupFolder.Of("cpu"), GroupFolder.Of("memory"));

    /// <param name="unified">The group of version 2; the others are of version 1. Null where there is none.</param>
    internal static GroupLimits Least(string? unified, string? cpu, string? memory)
    {
        double?[] cpus = [.. Upwards(unified).Select(CpuMax), .. Upwards(cpu).Select(CpuQuota)];
        long?[] bytes =
        [
            .. Upwards(unified).Select(folder => Bytes(folder, "memory.max")),
            .. Upwards(memory).Select(folder => Bytes(folder, "memory.limit_in_bytes")),
        ];
        return new(cpus.Min(), bytes.Min());
    }

    /// <summary>The group's folder and those above it, as far as they are groups.</summary>
    private static IEnumerable<string> Upwards(string? folder)
    {
        for (
            var at = folder;
            at is not null && File.Exists(Path.Combine(at, "cgroup.procs"));
            at = Path.GetDirectoryName(at)
        )
        {
            yield return at;
        }
    }

    /// <summary><c>QUOTA PERIOD</c> or <c>max PERIOD</c>, in microseconds.</summary>
    private static double? CpuMax(string folder) =>
        Text(folder, "cpu.max")?.Split(' ') is [var quota, var period] && quota != none
            ? double.Parse(quota, CultureInfo.InvariantCulture) / double.Parse(period, CultureInfo.InvariantCulture)
            : null;

    /// <summary>-1 for no limit.</summary>
    private static double? CpuQuota(string folder) =>
        Bytes(folder, "cpu.cfs_quota_us") is > 0 and var quota
        && Bytes(folder, "cpu.cfs_period_us") is > 0 and var period
            ? (double)quota / period
            : null;

    private static long? Bytes(string folder, string file) =>
        Text(folder, file) is { } text && text != none ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
