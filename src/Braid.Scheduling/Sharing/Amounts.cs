using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sharing;

/// <summary>Comparisons of amounts, in which a millionth is nothing.</summary>
internal static class Amounts
{
    public const double Nothing = 1e-6;

    /// <summary>Portions of devices are kept to this many per device, so that sums do not depend on what was added before.</summary>
    private const double PortionsPerDevice = 1e6;

    public static readonly ResourceKind[] Kinds = [ResourceKind.Cpu, ResourceKind.Memory, ResourceKind.Gpu];

    /// <summary>Whether there is no more of anything than <paramref name="most"/>.</summary>
    public static bool IsWithin(this Resources amount, Resources most) =>
        amount.CpuMillis <= most.CpuMillis + Nothing
        && amount.MemoryBytes <= most.MemoryBytes + Nothing
        && amount.Gpus <= most.Gpus + Nothing;

    /// <summary>Whether there is less of everything than in <paramref name="other"/>.</summary>
    public static bool IsBelow(this Resources amount, Resources other) =>
        amount.CpuMillis < other.CpuMillis - Nothing
        && amount.MemoryBytes < other.MemoryBytes - Nothing
        && amount.Gpus < other.Gpus - Nothing;

    public static Resources Plus(this Resources amount, Resources other) => Exact(amount + other);

    public static Resources Minus(this Resources amount, Resources other) => Exact(amount - other);

    public static Resources Least(Resources left, Resources right) =>
        new(
            Math.Min(left.CpuMillis, right.CpuMillis),
            Math.Min(left.MemoryBytes, right.MemoryBytes),
            Math.Min(left.Gpus, right.Gpus)
        );

    public static Resources Most(Resources left, Resources right) =>
        new(
            Math.Max(left.CpuMillis, right.CpuMillis),
            Math.Max(left.MemoryBytes, right.MemoryBytes),
            Math.Max(left.Gpus, right.Gpus)
        );

    private static Resources Exact(Resources sum) =>
        sum with
        {
            Gpus = Math.Round(sum.Gpus * PortionsPerDevice) / PortionsPerDevice,
        };
}
