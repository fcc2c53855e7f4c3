using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>
/// Every chunk of the store, in memory: 48 bytes a chunk and 5 to 6.5 for finding it. It is made from the packs when the
/// store opens and is nowhere else, so it cannot disagree with them. A chunk keeps its ordinal as long as it is here.
/// </summary>
internal sealed class ChunkIndex
{
    private const int shards = 64;

    private readonly ChunkShard[] byLastByte = [.. Enumerable.Range(0, shards).Select(_ => new ChunkShard())];

    public long Count => byLastByte.Sum(shard => (long)shard.Count);

    /// <summary>One more than the greatest ordinal given out so far, or a little more.</summary>
    public long OrdinalEnd => byLastByte.Max(shard => (long)shard.End) * shards;

    /// <summary>Bytes held, for tests of the memory that a chunk takes.</summary>
    public long HeldBytes => byLastByte.Sum(shard => shard.HeldBytes);

    /// <summary>
    /// Whether new chunks may get the ordinals of removed ones. Not while somebody keeps a set of ordinals.
    /// </summary>
    public bool MayReuseOrdinals { get; set; } = true;

    /// <summary>Adds a location; the first one of a chunk stays, unless that is condemned.</summary>
    public void Add(Sha256Hash hash, ChunkLocation location) => ShardOf(hash).Add(hash, location, MayReuseOrdinals);

    /// <summary>Where the chunk can be read, condemned or not.</summary>
    public bool TryFind(Sha256Hash hash, out ChunkLocation location) => ShardOf(hash).TryFind(hash, out location);

    /// <summary>Whether the chunk is here to stay, so that it need not be written again.</summary>
    public bool IsKept(Sha256Hash hash) => ShardOf(hash).IsKept(hash);

    /// <summary>The chunk's ordinal, and whether it is condemned; false when there is no such chunk.</summary>
    public bool TryFindOrdinal(Sha256Hash hash, out long ordinal, out bool isCondemned)
    {
        var found = ShardOf(hash).TryFindOrdinal(hash, out var local, out isCondemned);
        ordinal = ((long)local * shards) + ShardNumber(hash);
        return found;
    }

    /// <summary>The chunk of an ordinal; false when it was removed.</summary>
    public bool TryRead(long ordinal, out Sha256Hash hash, out ChunkLocation location, out bool isCondemned) =>
        byLastByte[ordinal % shards].TryRead((int)(ordinal / shards), out hash, out location, out isCondemned);

    /// <summary>Makes puts of the chunk write it anew; false when it is not at that place any more.</summary>
    public bool Condemn(Sha256Hash hash, ChunkLocation at) => ShardOf(hash).SetCondemned(hash, at, true);

    /// <summary>Takes <see cref="Condemn"/> back.</summary>
    public void Pardon(Sha256Hash hash) => ShardOf(hash).SetCondemned(hash, null, false);

    /// <summary>Changes the place of a chunk, condemned or not; false when it is not at the old one any more.</summary>
    public bool Move(Sha256Hash hash, ChunkLocation from, ChunkLocation to) => ShardOf(hash).Move(hash, from, to);

    /// <summary>Forgets a chunk that is condemned and at that place; false otherwise.</summary>
    public bool RemoveCondemned(Sha256Hash hash, ChunkLocation at) => ShardOf(hash).Remove(hash, at, condemned: true);

    /// <summary>Forgets a chunk at that place; false when it is elsewhere.</summary>
    public bool Remove(Sha256Hash hash, ChunkLocation at) => ShardOf(hash).Remove(hash, at, condemned: null);

    private static int ShardNumber(Sha256Hash hash) => hash.Bytes[Sha256Hash.Size - 1] % shards;

    private ChunkShard ShardOf(Sha256Hash hash) => byLastByte[ShardNumber(hash)];
}
