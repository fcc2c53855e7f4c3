namespace Braid.Compute.Executors;

/// <summary>What a replica is called.</summary>
internal static class HostNames
{
    /// <summary>The kernel's limit is 64; engines allow 63.</summary>
    private const int longest = 63;

    /// <summary>By its peers.</summary>
    public static string Full(ReplicaSpec spec) => spec.HostName.Length == 0 ? spec.Name : spec.HostName;

    /// <summary>By itself: what the kernel takes of its name.</summary>
    public static string Short(ReplicaSpec spec)
    {
        var name = Full(spec);
        return name.Length <= longest ? name : name[..longest].TrimEnd('-', '.', '_');
    }

    /// <summary>All names by which its peers and itself find it: as in a cluster's namespace, the first part of its name, too.</summary>
    public static IReadOnlyList<string> All(ReplicaSpec spec) =>
        [.. new[] { Full(spec), Short(spec), Full(spec).Split('.')[0] }.Distinct()];
}
