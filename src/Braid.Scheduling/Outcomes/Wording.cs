using System.Globalization;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Outcomes;

/// <summary>The words and numbers of messages.</summary>
internal static class Wording
{
    private const double Gigabyte = 1e9;
    private const double MillisPerCore = 1000;

    public static string Plural(ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Cpu => "CPU cores",
            ResourceKind.Memory => "memory",
            _ => "GPUs",
        };

    public static string Amount(ResourceKind kind, double amount) =>
        amount == Allowance.Unlimited || double.IsPositiveInfinity(amount)
            ? "unlimited"
            : kind switch
            {
                ResourceKind.Cpu => $"{Number(amount / MillisPerCore)} CPU cores",
                ResourceKind.Memory => $"{Number(amount / Gigabyte)} GB of memory",
                _ => $"{Number(amount)} GPUs",
            };

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string CodeOf(ExclusionKind kind) =>
        kind switch
        {
            ExclusionKind.NotReady => "node-not-ready",
            ExclusionKind.Cordoned => "node-cordoned",
            ExclusionKind.Pool => "node-pool",
            ExclusionKind.Selector => "node-selector",
            ExclusionKind.Affinity => "node-affinity",
            ExclusionKind.Taint => "node-taint",
            _ => "node-topology",
        };

    public static string CodeOfScarce(string resource) =>
        resource switch
        {
            "cpu" or "memory" or "gpu" or "gpu-fraction" or "gpu-memory" or "replicas" => $"not-enough-{resource}",
            _ when resource.StartsWith("mig-", StringComparison.Ordinal) => "not-enough-mig",
            _ => "not-enough-extended",
        };

    public static string Sentence(ExclusionKind kind) =>
        kind switch
        {
            ExclusionKind.NotReady => "they are not ready",
            ExclusionKind.Cordoned => "they are cordoned",
            ExclusionKind.Pool => "they are not in pool",
            ExclusionKind.Selector => "they have no label",
            ExclusionKind.Affinity => "they do not satisfy",
            ExclusionKind.Taint => "they have the taint",
            _ => "they are in no domain of",
        };

    /// <summary>An amount of what is scarce on nodes.</summary>
    public static string Scarce(string resource, double amount) =>
        resource switch
        {
            "cpu" => $"{Number(amount / MillisPerCore)} cores",
            "memory" => $"{Number(amount / Gigabyte)} GB",
            "gpu-memory" => $"{Number(amount)} MiB",
            _ => Number(amount),
        };

    /// <summary>GPU memory is held in devices.</summary>
    public static string HeldBy(string resource, IReadOnlyList<Holder> holders) =>
        holders.Count == 0 ? "" : $"; held by {string.Join(", ", holders.Select(holder => HeldBy(resource, holder)))}";

    private static string HeldBy(string resource, Holder holder) =>
        $"{holder.Name} ({(resource == "gpu-memory" ? Number(holder.Amount) : Scarce(resource, holder.Amount))})";
}
