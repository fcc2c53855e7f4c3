namespace Braid.Compute.Gpus;

/// <summary>A device that a replica can have to itself: a GPU, or an instance of one that is divided (MIG).</summary>
/// <param name="Id">What replicas ask for: <c>GPU-...</c> or <c>MIG-...</c>.</param>
/// <param name="Index">Of the GPU, as the driver counts.</param>
/// <param name="Profile">The instance's profile (<c>1g.10gb</c>); empty for a whole GPU.</param>
/// <param name="MemoryBytes">0 where the driver does not say.</param>
public sealed record Gpu(string Id, int Index, string Name, string Profile, long MemoryBytes)
{
    public bool IsInstance => Profile.Length > 0;
}

/// <summary>How busy a GPU is; what the driver does not tell is null.</summary>
public sealed record GpuUse(string Id, long? MemoryUsedBytes, int? UtilizationPercent);

/// <summary>The GPUs of this machine at one moment.</summary>
/// <param name="Devices">What can be given to replicas: a divided GPU is not among them, its instances are.</param>
/// <param name="Uses">Of whole GPUs, divided ones too.</param>
public sealed record GpuInventory(IReadOnlyList<Gpu> Devices, IReadOnlyList<GpuUse> Uses)
{
    /// <summary>A machine without GPUs.</summary>
    public static GpuInventory None { get; } = new([], []);
}
