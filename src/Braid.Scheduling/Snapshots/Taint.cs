namespace Braid.Scheduling.Snapshots;

/// <summary>Keeps replicas away from a node unless they tolerate it.</summary>
public sealed record Taint(string Key, string Value, TaintEffect Effect = TaintEffect.Refuse);

/// <summary>What a taint does.</summary>
public enum TaintEffect
{
    /// <summary>Nothing new is placed.</summary>
    Refuse,

    /// <summary>The node is taken last.</summary>
    Avoid,
}

/// <summary>Lets a replica on a node in spite of taints.</summary>
/// <param name="Key">The taint's key; null tolerates every taint.</param>
/// <param name="Value">The taint's value; null tolerates every value.</param>
public sealed record Toleration(string? Key, string? Value = null)
{
    /// <summary>Whether it covers the taint.</summary>
    public bool Covers(Taint taint) => (Key is null || Key == taint.Key) && (Value is null || Value == taint.Value);
}
