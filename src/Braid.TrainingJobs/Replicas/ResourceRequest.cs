using System.Globalization;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Replicas;

/// <summary>What a replica asks of a machine.</summary>
public sealed record ResourceRequest
{
    private const string gpuResource = "nvidia.com/gpu";
    private const string amdGpuResource = "amd.com/gpu";
    private const string migPrefix = "nvidia.com/mig-";

    private static readonly Dictionary<string, long> none = [];

    public long CpuMillicores { get; init; }

    public long MemoryBytes { get; init; }

    /// <summary>Whole devices.</summary>
    public long Gpus { get; init; }

    /// <summary>A share of each of <see cref="SharedDevices"/> devices (annotation <c>gpu-fraction</c>); 0: none.</summary>
    public double GpuFraction { get; init; }

    /// <summary>Memory of each of <see cref="SharedDevices"/> devices in MiB (annotation <c>gpu-memory</c>); 0: none.</summary>
    public long GpuMemoryMebibytes { get; init; }

    /// <summary>Devices of which the replica has a share (annotation <c>gpu-fraction-num-devices</c>); 0: none.</summary>
    public int SharedDevices { get; init; }

    /// <summary>Slices of devices by profile: <c>1g.5gb</c>.</summary>
    public IReadOnlyDictionary<string, long> MigSlices { get; init; } = none;

    /// <summary>Any other resource by its name, in whole units.</summary>
    public IReadOnlyDictionary<string, long> Others { get; init; } = none;

    public bool AsksForGpu => Gpus > 0 || SharedDevices > 0 || MigSlices.Count > 0;

    /// <summary>
    /// What the replicas of a template ask: the sum of their containers, or the largest init container where that is more. A container that
    /// names a limit and no request asks for its limit.
    /// </summary>
    public static ResourceRequest Of(PodTemplate template)
    {
        var amounts = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (name, amount) in template.Spec.Containers.SelectMany(Asked))
        {
            amounts[name] = amounts.GetValueOrDefault(name) + amount.Value;
        }

        foreach (var (name, amount) in template.Spec.InitContainers.SelectMany(Asked))
        {
            amounts[name] = Math.Max(amounts.GetValueOrDefault(name), amount.Value);
        }

        return WithShares(Of(amounts), template.Metadata.Annotations);
    }

    /// <summary>The sum of what several replicas ask.</summary>
    public static ResourceRequest Sum(IEnumerable<ResourceRequest> requests)
    {
        var all = requests.ToList();
        return new()
        {
            CpuMillicores = all.Sum(one => one.CpuMillicores),
            MemoryBytes = all.Sum(one => one.MemoryBytes),
            Gpus = all.Sum(one => one.Gpus),
            GpuFraction = all.Sum(one => one.GpuFraction * one.SharedDevices),
            GpuMemoryMebibytes = all.Sum(one => one.GpuMemoryMebibytes * one.SharedDevices),
            SharedDevices = all.Sum(one => one.SharedDevices),
            MigSlices = Sum(all.SelectMany(one => one.MigSlices)),
            Others = Sum(all.SelectMany(one => one.Others)),
        };
    }

    internal static ResourceRequest Of(IEnumerable<KeyValuePair<string, Quantity>> amounts) =>
        Of(amounts.ToDictionary(amount => amount.Key, amount => amount.Value.Value));

    private static ResourceRequest Of(IReadOnlyDictionary<string, decimal> amounts) =>
        new()
        {
            CpuMillicores = Whole(amounts.GetValueOrDefault("cpu") * 1000),
            MemoryBytes = Whole(amounts.GetValueOrDefault("memory")),
            Gpus = Whole(amounts.GetValueOrDefault(gpuResource) + amounts.GetValueOrDefault(amdGpuResource)),
            MigSlices = amounts
                .Where(amount => amount.Key.StartsWith(migPrefix, StringComparison.Ordinal))
                .ToDictionary(amount => amount.Key[migPrefix.Length..], amount => Whole(amount.Value)),
            Others = amounts
                .Where(amount =>
                    amount.Key is not ("cpu" or "memory" or gpuResource or amdGpuResource)
                    && !amount.Key.StartsWith(migPrefix, StringComparison.Ordinal)
                )
                .ToDictionary(amount => amount.Key, amount => Whole(amount.Value)),
        };

    private static IEnumerable<KeyValuePair<string, Quantity>> Asked(Container container) =>
        container.Resources.Requests.Concat(
            container.Resources.Limits.Where(limit => !container.Resources.Requests.ContainsKey(limit.Key))
        );

    private static ResourceRequest WithShares(ResourceRequest request, IReadOnlyDictionary<string, string> annotations)
    {
        var fraction = Number(annotations.GetValueOrDefault("gpu-fraction"));
        var memory = Number(annotations.GetValueOrDefault("gpu-memory"));
        return fraction <= 0 && memory <= 0
            ? request
            : request with
            {
                GpuFraction = (double)fraction,
                GpuMemoryMebibytes = Whole(memory),
                SharedDevices = (int)
                    Math.Clamp(Number(annotations.GetValueOrDefault("gpu-fraction-num-devices")), 1, 1024),
            };
    }

    private static decimal Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static Dictionary<string, long> Sum(IEnumerable<KeyValuePair<string, long>> amounts) =>
        amounts
            .GroupBy(amount => amount.Key)
            .ToDictionary(group => group.Key, group => group.Sum(amount => amount.Value));

    private static long Whole(decimal amount) => (long)Math.Clamp(decimal.Ceiling(amount), 0, long.MaxValue);
}
