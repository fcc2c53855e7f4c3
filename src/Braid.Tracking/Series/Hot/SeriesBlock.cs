using System.Buffers;
using System.IO.Compression;

namespace Braid.Tracking.Series.Hot;

/// <summary>
/// Samples as bytes, in order of arrival: docs/formats/series-block.md, version 1. Three columns: steps and timestamps as
/// differences of differences (a regular series is all zeros), values as bytes of one significance together after XOR
/// with their predecessor; then Brotli where that makes it shorter.
/// </summary>
internal static class SeriesBlock
{
    private const byte version = 1;
    private const byte plain = 0;
    private const byte brotli = 1;
    private const int quality = 3;
    private const int window = 20;

    /// <summary>The most bytes that one sample takes in the columns.</summary>
    private const int mostPerSample = (2 * Varint64.MaxLength) + sizeof(double);

    /// <summary>A count beyond this is corruption; it bounds what a reader allocates.</summary>
    private const int mostSamples = 1 << 20;

    /// <param name="compress">False for a block that will soon be written again.</param>
    public static byte[] Encode(ReadOnlySpan<Sample> samples, bool compress)
    {
        var columns = ArrayPool<byte>.Shared.Rent(samples.Length * mostPerSample);
        var packed = ArrayPool<byte>.Shared.Rent(samples.Length * mostPerSample);
        try
        {
            var length = WriteColumns(samples, columns);
            var shorter =
                compress
                && BrotliEncoder.TryCompress(columns.AsSpan(0, length), packed, out var size, quality, window)
                && size < length
                    ? size
                    : -1;
            return shorter < 0
                ? Frame(plain, samples.Length, length, columns.AsSpan(0, length))
                : Frame(brotli, samples.Length, length, packed.AsSpan(0, shorter));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>How many samples a block holds.</summary>
    /// <exception cref="InvalidDataException">It is no block.</exception>
    public static int Count(ReadOnlySpan<byte> block) => ReadHeader(block).Count;

    /// <summary>Writes the block's samples to the front of <paramref name="to"/>; how many.</summary>
    /// <exception cref="InvalidDataException">It is no block.</exception>
    public static int Decode(ReadOnlySpan<byte> block, Span<Sample> to)
    {
        var header = ReadHeader(block);
        var body = block[header.Length..];
        if (header.Encoding == plain)
        {
            ReadColumns(body, to[..header.Count]);
            return header.Count;
        }

        var columns = ArrayPool<byte>.Shared.Rent(header.ColumnsLength);
        try
        {
            var whole = columns.AsSpan(0, header.ColumnsLength);
            Require(BrotliDecoder.TryDecompress(body, whole, out var written) && written == whole.Length);
            ReadColumns(whole, to[..header.Count]);
            return header.Count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
        }
    }

    private static byte[] Frame(byte encoding, int count, int columnsLength, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[2 + (2 * Varint64.MaxLength)];
        header[0] = version;
        header[1] = encoding;
        var at = 2 + Varint64.Write(header[2..], (ulong)count);
        at += Varint64.Write(header[at..], (ulong)columnsLength);
        var block = new byte[at + body.Length];
        header[..at].CopyTo(block);
        body.CopyTo(block.AsSpan(at));
        return block;
    }

    private static (byte Encoding, int Count, int ColumnsLength, int Length) ReadHeader(ReadOnlySpan<byte> block)
    {
        Require(block.Length > 2 && block[0] == version && block[1] <= brotli);
        var at = 2;
        var count = Varint64.Read(block, ref at);
        var length = Varint64.Read(block, ref at);
        Require(count <= mostSamples && length <= count * mostPerSample);
        Require(block[1] == brotli || length == (ulong)(block.Length - at));
        return (block[1], (int)count, (int)length, at);
    }

    private static int WriteColumns(ReadOnlySpan<Sample> samples, Span<byte> to)
    {
        var at = 0;
        long last = 0;
        long lastDelta = 0;
        foreach (ref readonly var sample in samples)
        {
            at += WriteDelta(to[at..], sample.Step, ref last, ref lastDelta);
        }

        (last, lastDelta) = (0, 0);
        foreach (ref readonly var sample in samples)
        {
            at += WriteDelta(to[at..], sample.TimestampMs, ref last, ref lastDelta);
        }

        WriteValues(samples, to.Slice(at, samples.Length * sizeof(double)));
        return at + (samples.Length * sizeof(double));
    }

    private static int WriteDelta(Span<byte> to, long value, ref long last, ref long lastDelta)
    {
        var delta = unchecked(value - last);
        var change = unchecked(delta - lastDelta);
        (last, lastDelta) = (value, delta);
        return Varint64.Write(to, Varint64.ZigZag(change));
    }

    private static void WriteValues(ReadOnlySpan<Sample> samples, Span<byte> planes)
    {
        ulong last = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var bits = BitConverter.DoubleToUInt64Bits(samples[i].Value);
            var change = bits ^ last;
            last = bits;
            for (var at = i; at < planes.Length; at += samples.Length)
            {
                planes[at] = (byte)(change >> 56);
                change <<= 8;
            }
        }
    }

    private static void ReadColumns(ReadOnlySpan<byte> columns, Span<Sample> to)
    {
        var at = 0;
        long last = 0;
        long lastDelta = 0;
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = new(ReadDelta(columns, ref at, ref last, ref lastDelta), 0, 0);
        }

        (last, lastDelta) = (0, 0);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = to[i] with { TimestampMs = ReadDelta(columns, ref at, ref last, ref lastDelta) };
        }

        Require(columns.Length - at == to.Length * sizeof(double));
        ReadValues(columns[at..], to);
    }

    private static long ReadDelta(ReadOnlySpan<byte> from, ref int at, ref long last, ref long lastDelta)
    {
        lastDelta = unchecked(lastDelta + Varint64.UnZigZag(Varint64.Read(from, ref at)));
        last = unchecked(last + lastDelta);
        return last;
    }

    private static void ReadValues(ReadOnlySpan<byte> planes, Span<Sample> to)
    {
        ulong last = 0;
        for (var i = 0; i < to.Length; i++)
        {
            ulong change = 0;
            for (var at = i; at < planes.Length; at += to.Length)
            {
                change = (change << 8) | planes[at];
            }

            last ^= change;
            to[i] = to[i] with { Value = BitConverter.UInt64BitsToDouble(last) };
        }
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("a block of a series is damaged");
        }
    }
}
