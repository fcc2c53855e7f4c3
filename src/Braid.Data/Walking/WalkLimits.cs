namespace Braid.Data.Walking;

/// <summary>Which way to follow what things are made of.</summary>
public enum WalkDirection
{
    /// <summary>To what they were made from.</summary>
    Provenance,

    /// <summary>To what was made from them.</summary>
    Subvenance,
}

/// <summary>How far a walk goes: things found, and steps from where it began; 0 is no limit.</summary>
public readonly record struct WalkLimits(ulong Most, ulong Deepest);
