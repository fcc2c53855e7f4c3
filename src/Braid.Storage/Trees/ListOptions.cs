namespace Braid.Storage.Trees;

/// <summary>Which children of a directory, and in which order.</summary>
public sealed record ListOptions
{
    /// <summary>All, in ascending order.</summary>
    public static ListOptions All { get; } = new();

    /// <summary>Only names that start so; a directory's name counts with its trailing '/'.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// Only what comes after this name in the order asked for (before it, when <see cref="Reverse"/>); a directory's name is
    /// written with its trailing '/'.
    /// </summary>
    public string? After { get; init; }

    public bool Reverse { get; init; }
}
