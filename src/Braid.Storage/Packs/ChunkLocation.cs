namespace Braid.Storage.Packs;

/// <summary>Where a chunk is: a pack (by its place in the catalog) and the record in it.</summary>
internal readonly record struct ChunkLocation(int Pack, uint Offset, int Stored, int Plain, ChunkCodec Codec)
{
    /// <summary>Bytes of the whole record.</summary>
    public int Length => ChunkRecord.HeaderLength + Stored;
}
