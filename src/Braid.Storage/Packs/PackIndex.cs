using System.Buffers.Binary;
using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>One chunk of a pack: where its record starts, and what the record's header says.</summary>
internal readonly record struct PackEntry(Sha256Hash Hash, uint Offset, int Stored, int Plain, ChunkCodec Codec);

/// <summary>
/// The index at a sealed pack's end: entries in the order of their hashes, then a trailer that finds them from the
/// object's last bytes (docs/formats/pack.md). It repeats what the records say and can be made again from them.
/// </summary>
internal static class PackIndex
{
    public const int TrailerLength = 24;

    /// <summary>Bytes that a chunk takes in it.</summary>
    public const int EntryLength = 48;

    /// <summary>Bytes of the index and trailer of no chunks.</summary>
    public const int EmptyLength = 4 + TrailerLength;

    private static ReadOnlySpan<byte> Marker => "BRX1"u8;

    private static ReadOnlySpan<byte> EndMarker => "BRE1"u8;

    /// <summary>The index section's bytes for these entries, trailer included.</summary>
    /// <param name="offset">Where in the pack the section will start.</param>
    public static byte[] Encode(IReadOnlyCollection<PackEntry> entries, long offset)
    {
        var bytes = new byte[SectionLength(entries.Count) + TrailerLength];
        Marker.CopyTo(bytes);
        var at = Marker.Length;
        foreach (var entry in entries.OrderBy(entry => entry.Hash).ThenBy(entry => entry.Offset))
        {
            Write(bytes.AsSpan(at, EntryLength), entry);
            at += EntryLength;
        }

        var trailer = bytes.AsSpan(at);
        BinaryPrimitives.WriteInt64LittleEndian(trailer, offset);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[8..], entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[12..], Crc32C.Of(bytes.AsSpan(0, at)));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[16..], Crc32C.Of(trailer[..16]));
        EndMarker.CopyTo(trailer[20..]);
        return bytes;
    }

    /// <summary>Reads where the section lies from a pack's last bytes; false when the pack is not sealed.</summary>
    public static bool TryReadTrailer(ReadOnlySpan<byte> trailer, long packLength, out Extent extent)
    {
        extent = default;
        if (
            trailer.Length != TrailerLength
            || !trailer.EndsWith(EndMarker)
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[16..]) != Crc32C.Of(trailer[..16])
        )
        {
            return false;
        }

        extent = new(
            BinaryPrimitives.ReadInt64LittleEndian(trailer),
            BinaryPrimitives.ReadInt32LittleEndian(trailer[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(trailer[12..])
        );
        return extent is { Offset: >= 0, Count: >= 0 }
            && extent.Count <= packLength / EntryLength
            && extent.Offset + extent.Length + TrailerLength == packLength;
    }

    /// <summary>Reads a section; null when it is damaged.</summary>
    public static PackEntry[]? TryDecode(ReadOnlySpan<byte> section, Extent extent)
    {
        if (section.Length != extent.Length || !section.StartsWith(Marker) || Crc32C.Of(section) != extent.Crc)
        {
            return null;
        }

        var entries = new PackEntry[extent.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = Read(section.Slice(Marker.Length + (i * EntryLength), EntryLength));
            if (!Fits(entries[i], extent.Offset))
            {
                return null;
            }
        }

        return entries;
    }

    /// <summary>Bytes of index and trailer for so many entries.</summary>
    public static int Length(int count) => SectionLength(count) + TrailerLength;

    private static int SectionLength(int count) => Marker.Length + (count * EntryLength);

    private static bool Fits(in PackEntry entry, long end) =>
        ChunkRecord.AreLengths(entry.Stored, entry.Plain)
        && entry.Offset + (long)ChunkRecord.HeaderLength + entry.Stored <= end;

    private static void Write(Span<byte> to, in PackEntry entry)
    {
        entry.Hash.Bytes.CopyTo(to);
        BinaryPrimitives.WriteUInt32LittleEndian(to[32..], entry.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(to[36..], entry.Stored);
        BinaryPrimitives.WriteInt32LittleEndian(to[40..], entry.Plain);
        BinaryPrimitives.WriteUInt32LittleEndian(to[44..], (uint)entry.Codec);
    }

    private static PackEntry Read(ReadOnlySpan<byte> from) =>
        new(
            new Sha256Hash(from[..Sha256Hash.Size]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[32..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[36..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[40..]),
            (ChunkCodec)from[44]
        );

    /// <summary>Where the index section lies in its pack, and its checksum.</summary>
    internal readonly record struct Extent(long Offset, int Count, uint Crc)
    {
        public long Length => SectionLength(Count);
    }
}
