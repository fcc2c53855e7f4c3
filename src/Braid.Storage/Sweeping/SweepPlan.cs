using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Sweeping;

/// <summary>What a sweep would do, as of the time when it was made; nothing is changed by making one.</summary>
public sealed record SweepPlan
{
    public required Hex32 Id { get; init; }

    public required DateTimeOffset Made { get; init; }

    /// <summary>Bytes of all packs.</summary>
    public required long StoredBytes { get; init; }

    /// <summary>All packs.</summary>
    public required int Packs { get; init; }

    /// <summary>Bytes that applying it frees.</summary>
    public required long FreedBytes { get; init; }

    /// <summary>Packs that are deleted: nothing in them is needed.</summary>
    public required int DeletedPacks { get; init; }

    /// <summary>Packs that are written anew without what is not needed in them.</summary>
    public required int RewrittenPacks { get; init; }

    /// <summary>Bytes not needed that stay, since too little of their packs is not.</summary>
    public required long SpareBytes { get; init; }

    /// <summary>What holds the rest; what several groups hold is counted with the first of them.</summary>
    public required IReadOnlyList<HeldShare> Held { get; init; }

    /// <summary>The packs to free.</summary>
    internal IReadOnlySet<PackId> Doomed { get; init; } = new HashSet<PackId>();
}

/// <summary>What a sweep did.</summary>
/// <param name="FreedBytes">Bytes fewer in packs than before.</param>
/// <param name="ContinuesAt">When the rest follows; null when it is done.</param>
public sealed record SweepOutcome(long FreedBytes, int DeletedPacks, int RewrittenPacks, DateTimeOffset? ContinuesAt)
{
    /// <summary>There was nothing to free.</summary>
    public static SweepOutcome Nothing { get; } = new(0, 0, 0, null);
}

/// <summary>What the sweeper does just now.</summary>
public enum SweepPhase
{
    Idle,
    Marking,

    /// <summary>For writers that began before the condemnation, or for the grace period of a shared store.</summary>
    Waiting,
    Freeing,
}

/// <summary>How sweeping stands.</summary>
public sealed record SweepState
{
    public SweepPhase Phase { get; init; }

    /// <summary>When the phase began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the writer that is waited for longest began.</summary>
    public DateTimeOffset? OldestWriter { get; init; }

    /// <summary>The plan that was applied last; the last outcome is its own once the phase is idle.</summary>
    public Hex32? Applied { get; init; }

    public SweepOutcome? LastOutcome { get; init; }

    /// <summary>Why the last sweep freed nothing; null when it went well.</summary>
    public string? LastFailure { get; init; }

    public DateTimeOffset? LastEnded { get; init; }
}
