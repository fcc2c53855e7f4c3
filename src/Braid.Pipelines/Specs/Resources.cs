namespace Braid.Pipelines.Specs;

/// <summary>A share of a machine.</summary>
public sealed record Resources
{
    /// <summary>Cores, 0.5 for half of one; 0: not said.</summary>
    public double Cpu { get; init; }

    /// <summary>Null: not said.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Null: not said.</summary>
    public long? DiskBytes { get; init; }

    /// <summary>0: none.</summary>
    public long Gpus { get; init; }

    /// <summary>The resource's name, such as <c>nvidia.com/gpu</c>; empty where there is none.</summary>
    public string GpuType { get; init; } = "";
}

/// <summary>How datums are put together for workers to take; 0 wherever a spec does not say.</summary>
/// <param name="Number">Datums in a set.</param>
/// <param name="SizeBytes">Bytes of input in a set.</param>
/// <param name="PerWorker">Sets for each worker.</param>
public sealed record DatumSets(long Number = 0, long SizeBytes = 0, long PerWorker = 0);
