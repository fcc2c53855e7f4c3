using System.Globalization;
using Braid.Compute.Executors;

namespace Braid.Compute.Containers;

/// <summary>What a container's labels say about its replica.</summary>
internal static class ContainerLabels
{
    public const string Owner = "braid.owner";

    /// <summary>The network of its group, which goes with its last member.</summary>
    public const string Group = "braid.group";
    private const string name = "braid.name";
    private const string token = "braid.token";
    private const string timeout = "braid.timeout";
    private const string ofOwner = "braid.label.";

    public static Dictionary<string, string> Of(ReplicaSpec spec, string owner, string group)
    {
        var labels = spec.Labels.ToDictionary(
            label => ofOwner + label.Key,
            label => label.Value,
            StringComparer.Ordinal
        );
        labels[Owner] = owner;
        labels[name] = spec.Name;
        labels[token] = spec.Token.ToString(CultureInfo.InvariantCulture);
        if (group.Length > 0)
        {
            labels[Group] = group;
        }

        if (spec.Timeout is { } longest)
        {
            labels[timeout] = longest.Ticks.ToString(CultureInfo.InvariantCulture);
        }

        return labels;
    }

    public static string Name(IReadOnlyDictionary<string, string> labels) => labels[name];

    public static long Token(IReadOnlyDictionary<string, string> labels) =>
        long.Parse(labels[token], CultureInfo.InvariantCulture);

    public static TimeSpan? Timeout(IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(timeout, out var ticks)
            ? TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture))
            : null;

    public static Dictionary<string, string> OfOwner(IReadOnlyDictionary<string, string> labels) =>
        labels
            .Where(label => label.Key.StartsWith(ofOwner, StringComparison.Ordinal))
            .ToDictionary(label => label.Key[ofOwner.Length..], label => label.Value, StringComparer.Ordinal);
}
