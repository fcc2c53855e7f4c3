namespace Braid.Cli.Mounting.Overlay;

/// <summary>What differs from the commit at one name.</summary>
internal abstract record OverlayEntry
{
    /// <summary>The commit has nothing at this name: when the entry goes, no trace of it is left.</summary>
    public bool IsNew { get; init; }

    /// <summary>The name is gone.</summary>
    public sealed record Gone : OverlayEntry
    {
        public static Gone Instance { get; } = new();
    }

    /// <summary>A file whose content is in the scratch folder.</summary>
    public sealed record Local(int Number) : OverlayEntry;

    /// <summary>A file of the commit that was at another path there.</summary>
    public sealed record Moved(string Origin) : OverlayEntry;

    /// <summary>A directory; names that are not among its children are those of the commit's directory at the origin.</summary>
    /// <param name="Origin">Null for a new directory.</param>
    public sealed record Directory(string? Origin) : OverlayEntry
    {
        public Dictionary<string, OverlayEntry> Children { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>Where the content of a path is.</summary>
internal abstract record OverlayPlace
{
    /// <summary>Nowhere.</summary>
    public sealed record Missing : OverlayPlace
    {
        public static Missing Instance { get; } = new();
    }

    /// <summary>In the commit, at that path, if it is there.</summary>
    public sealed record InCommit(string Path) : OverlayPlace;

    /// <summary>In the scratch folder.</summary>
    public sealed record InScratch(int Number) : OverlayPlace;

    /// <summary>A directory with differences.</summary>
    /// <param name="Origin">The commit's directory that shines through, if any.</param>
    /// <param name="Children">What differs, by name; a copy.</param>
    public sealed record Directory(string? Origin, IReadOnlyDictionary<string, OverlayEntry> Children) : OverlayPlace;
}
