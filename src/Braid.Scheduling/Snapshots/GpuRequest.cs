namespace Braid.Scheduling.Snapshots;

/// <summary>The part of a replica's request that GPUs serve.</summary>
public abstract record GpuRequest
{
    private GpuRequest() { }

    /// <summary>No GPU.</summary>
    public static GpuRequest Nothing { get; } = new None();

    /// <summary>No GPU.</summary>
    public sealed record None : GpuRequest;

    /// <summary>Whole devices.</summary>
    public sealed record Whole(int Devices) : GpuRequest;

    /// <summary>The same part of the memory of each of some devices.</summary>
    /// <param name="Portion">More than 0, less than 1.</param>
    public sealed record Fraction(double Portion, int Devices = 1) : GpuRequest;

    /// <summary>The same amount of memory of each of some devices.</summary>
    public sealed record Memory(long Mebibytes, int Devices = 1) : GpuRequest;

    /// <summary>Instances of one MIG profile, such as <c>1g.5gb</c>; each counts as its number of slices (1) for queues.</summary>
    public sealed record Mig(string Profile, int Instances = 1) : GpuRequest;
}
