namespace Braid.Compute.Processes.Replicas;

/// <summary>How a process gets GPUs: it sees the driver's devices, and its libraries are told which of them are its own.</summary>
internal static class GpuDevices
{
    private const string control = "/dev/nvidiactl";

    public static bool Any() => File.Exists(control);

    public static IReadOnlyList<string> All() =>
        [.. Directory.EnumerateFileSystemEntries("/dev", "nvidia*").Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, string> Shown(
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<string> gpus
    )
    {
        if (gpus.Count == 0)
        {
            return environment;
        }

        var ids = string.Join(',', gpus);
        return new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["CUDA_VISIBLE_DEVICES"] = ids,
            ["NVIDIA_VISIBLE_DEVICES"] = ids,
        };
    }
}
