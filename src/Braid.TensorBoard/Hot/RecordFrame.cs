using System.Buffers.Binary;

namespace Braid.TensorBoard.Hot;

/// <summary>What lies at the start of some bytes of a record file.</summary>
internal enum FrameState
{
    /// <summary>A whole record with good check sums.</summary>
    Whole,

    /// <summary>The beginning of a record.</summary>
    Incomplete,

    /// <summary>A record whose length can be trusted, but whose bytes are damaged.</summary>
    BadData,

    /// <summary>A length that cannot be trusted: nobody knows where the next record begins.</summary>
    BadLength,

    /// <summary>Zeros where a length should be: a file system lengthened the file before its bytes were written.</summary>
    Zeros,
}

/// <summary>
/// A record: length (8 bytes), check sum of the length (4), that many bytes, check sum of these (4); all little-endian.
/// </summary>
internal static class RecordFrame
{
    public const int HeaderLength = sizeof(ulong) + sizeof(uint);
    public const int Overhead = HeaderLength + sizeof(uint);

    /// <summary>A longer record is taken for damage, even if the check sum of its length is good.</summary>
    public const int LongestRecord = 256 << 20;

    /// <param name="length">Of the record's bytes; known unless the state is incomplete before the header's end, or the length is bad.</param>
    public static FrameState Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var state = ReadHeader(bytes, out length);
        if (state != FrameState.Whole)
        {
            return state;
        }

        if (bytes.Length - Overhead < length)
        {
            return FrameState.Incomplete;
        }

        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeaderLength + length)..]);
        return MaskedCrc.Of(bytes.Slice(HeaderLength, length)) == stored ? FrameState.Whole : FrameState.BadData;
    }

    /// <summary>Whole when the header is.</summary>
    public static FrameState ReadHeader(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderLength)
        {
            return FrameState.Incomplete;
        }

        var long64 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(ulong)..]);
        if (MaskedCrc.Of(bytes[..sizeof(ulong)]) != stored)
        {
            return long64 == 0 && stored == 0 ? FrameState.Zeros : FrameState.BadLength;
        }

        if (long64 > LongestRecord)
        {
            return FrameState.BadLength;
        }

        length = (int)long64;
        return FrameState.Whole;
    }

    /// <summary>Frames the record that lies in <paramref name="frame"/> from <see cref="HeaderLength"/> on.</summary>
    public static void Close(Span<byte> frame)
    {
        var length = frame.Length - Overhead;
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(ulong)..], MaskedCrc.Of(frame[..sizeof(ulong)]));
        var crc = MaskedCrc.Of(frame.Slice(HeaderLength, length));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[(HeaderLength + length)..], crc);
    }
}
