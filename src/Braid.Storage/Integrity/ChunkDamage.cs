using Braid.Primitives;

namespace Braid.Storage.Integrity;

/// <summary>What became of a damaged chunk.</summary>
public enum ChunkFate
{
    /// <summary>Nothing reads that copy: the chunk is elsewhere, or it was none (a header, an index).</summary>
    Unneeded,

    /// <summary>Another good copy is read from now on.</summary>
    Repaired,

    /// <summary>There is no good copy. The same bytes, put again, are stored anew.</summary>
    Lost,

    /// <summary>Not looked into, because nothing was to be repaired.</summary>
    Left,
}

/// <summary>Bytes of a pack that are not what was written.</summary>
/// <param name="Offset">Where in the pack.</param>
/// <param name="Chunk">The chunk whose copy this was; null when that cannot be told, or when it was none.</param>
/// <param name="Why">What is wrong, in words.</param>
public sealed record ChunkDamage(long Offset, Sha256Hash? Chunk, string Why)
{
    public ChunkFate Fate { get; init; }
}
