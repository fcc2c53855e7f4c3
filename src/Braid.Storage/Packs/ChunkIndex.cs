using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>Where a chunk is: a pack (by its place in the catalog) and the record in it.</summary>
internal readonly record struct ChunkLocation(int Pack, uint Offset, int Stored, int Plain, ChunkCodec Codec);

/// <summary>
/// Every chunk of the store, in memory: about 90 bytes a chunk. It is made from the packs when the store opens and is
/// nowhere else, so it cannot disagree with them.
/// </summary>
internal sealed class ChunkIndex
{
    private const int shards = 64;

    private readonly Shard[] byLastByte = [.. Enumerable.Range(0, shards).Select(_ => new Shard())];

    public long Count => byLastByte.Sum(shard => (long)shard.Count);

    /// <summary>Adds a location; the first one of a chunk stays.</summary>
    public void Add(Sha256Hash hash, ChunkLocation location) => ShardOf(hash).Add(hash, location);

    public bool TryFind(Sha256Hash hash, out ChunkLocation location) => ShardOf(hash).TryFind(hash, out location);

    private Shard ShardOf(Sha256Hash hash) => byLastByte[hash.Bytes[Sha256Hash.Size - 1] % shards];

    private sealed class Shard
    {
        private readonly Lock gate = new();
        private readonly Dictionary<Sha256Hash, ChunkLocation> locations = [];

        public int Count => locations.Count;

        public void Add(Sha256Hash hash, ChunkLocation location)
        {
            lock (gate)
            {
                locations.TryAdd(hash, location);
            }
        }

        public bool TryFind(Sha256Hash hash, out ChunkLocation location)
        {
            lock (gate)
            {
                return locations.TryGetValue(hash, out location);
            }
        }
    }
}
