namespace Braid.Workloads.Submission;

/// <summary>What a replica needs for itself.</summary>
public sealed record ProgramRequest
{
    /// <summary>In thousandths of a processor.</summary>
    public long CpuMillicores { get; init; }
    public long MemoryBytes { get; init; }

    /// <summary>Whole devices.</summary>
    public int Gpus { get; init; }

    /// <summary>A part of one device's memory, above 0 and below 1; 0 for none.</summary>
    public double GpuFraction { get; init; }

    /// <summary>So much memory of one device; 0 for none.</summary>
    public long GpuMemoryBytes { get; init; }

    /// <summary>A part of a device that its maker cut off (<c>1g.5gb</c>); null for none.</summary>
    public string? MigProfile { get; init; }

    /// <summary>Why nobody can want that; null when one can.</summary>
    internal string? Fault =>
        CpuMillicores < 0 || MemoryBytes < 0 || Gpus < 0 || GpuMemoryBytes < 0 ? "amounts are not negative"
        : !double.IsFinite(GpuFraction) || GpuFraction is < 0 or >= 1
            ? $"a fraction of a GPU is between 0 and 1, not {GpuFraction}"
        : Ways > 1 ? "GPUs are wanted whole, as a fraction, by memory or by MIG profile: one of them"
        : null;

    private int Ways =>
        (Gpus > 0 ? 1 : 0) + (GpuFraction > 0 ? 1 : 0) + (GpuMemoryBytes > 0 ? 1 : 0) + (MigProfile is null ? 0 : 1);
}
