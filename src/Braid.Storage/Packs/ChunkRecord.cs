using System.Buffers.Binary;
using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>How a record's payload holds the chunk's bytes.</summary>
internal enum ChunkCodec : byte
{
    Raw = 0,
    Zstd = 1,
}

/// <summary>The header of one chunk in a pack; the payload follows it (docs/formats/pack.md).</summary>
/// <param name="Stored">Bytes of the payload.</param>
/// <param name="Plain">Bytes of the chunk.</param>
/// <param name="PayloadCrc">CRC-32C of the payload.</param>
internal readonly record struct ChunkRecord(Sha256Hash Hash, ChunkCodec Codec, int Stored, int Plain, uint PayloadCrc)
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 56;

    /// <summary>No record holds or stands for more; a larger number is damage.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int crcAt = HeaderLength - sizeof(uint);

    /// <summary>The four bytes that every record starts with.</summary>
    public static ReadOnlySpan<byte> Marker => "BRC1"u8;

    public void WriteHeader(Span<byte> to)
    {
        Marker.CopyTo(to);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], (uint)Codec);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Stored);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], Plain);
        Hash.Bytes.CopyTo(to[16..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[48..], PayloadCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(to[crcAt..], Crc32C.Of(to[..crcAt]));
    }

    /// <summary>Reads the record at the start of the bytes; false when there is none, or header or payload is damaged or cut.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out ChunkRecord record) =>
        TryReadHeader(from, out record)
        && record.Stored <= from.Length - HeaderLength
        && Crc32C.Of(from.Slice(HeaderLength, record.Stored)) == record.PayloadCrc;

    /// <summary>Reads the header at the start of the bytes; false when there is none, or it is damaged or cut.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> from, out ChunkRecord record)
    {
        record = default;
        if (
            from.Length < HeaderLength
            || !from.StartsWith(Marker)
            || BinaryPrimitives.ReadUInt32LittleEndian(from[crcAt..]) != Crc32C.Of(from[..crcAt])
        )
        {
            return false;
        }

        record = new(
            new Sha256Hash(from.Slice(16, Sha256Hash.Size)),
            (ChunkCodec)from[4],
            BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[48..])
        );
        return AreLengths(record.Stored, record.Plain);
    }

    /// <summary>Whether these can be a record's lengths at all.</summary>
    public static bool AreLengths(int stored, int plain) =>
        stored is >= 0 and <= MaxLength && plain is >= 0 and <= MaxLength;
}
