using System.Buffers;
using System.IO.Compression;

namespace Braid.Tracking.Series.Hot;

/// <summary>
/// Samples as bytes, in order of arrival: docs/formats/series-block.md. The columns of <see cref="SeriesColumns"/>, in one of
/// two frames: a short block as it is or as one Brotli stream (version 1), a long one column by column (version 2), so that
/// the low bytes of values, which are noise, are neither compressed in vain nor unpacked.
/// </summary>
internal static class SeriesBlock
{
    private const byte whole = 1;
    private const byte byColumn = 2;
    private const byte plain = 0;
    private const byte brotli = 1;
    private const int quality = 3;
    private const int window = 20;

    /// <summary>From so many samples on, each column is compressed by itself.</summary>
    private const int longBlock = 1024;

    /// <summary>A column is compressed where that saves a thirty-second of it.</summary>
    private const int leastSaved = 32;

    /// <summary>A count beyond this is corruption; it bounds what a reader allocates.</summary>
    private const int mostSamples = 1 << 20;

    /// <param name="compress">False for a block that will soon be written again.</param>
    public static byte[] Encode(ReadOnlySpan<Sample> samples, bool compress)
    {
        var most = samples.Length * SeriesColumns.MostPerSample;
        var columns = ArrayPool<byte>.Shared.Rent(most);
        var packed = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var lengths = SeriesColumns.Write(samples, columns);
            return compress && samples.Length >= longBlock
                ? EncodeByColumn(samples.Length, lengths, columns, packed)
                : EncodeWhole(samples.Length, columns.AsSpan(0, lengths.Total), packed, compress);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>How many samples a block holds.</summary>
    /// <exception cref="InvalidDataException">It is no block.</exception>
    public static int Count(ReadOnlySpan<byte> block)
    {
        Require(block.Length > 2 && block[0] is whole or byColumn);
        var at = block[0] == whole ? 2 : 1;
        return ReadNumber(block, ref at, mostSamples);
    }

    /// <summary>Writes the block's samples to the front of <paramref name="to"/>; how many.</summary>
    /// <exception cref="InvalidDataException">It is no block.</exception>
    public static int Decode(ReadOnlySpan<byte> block, Span<Sample> to)
    {
        var count = Count(block);
        var samples = to[..count];
        if (block[0] == whole)
        {
            DecodeWhole(block, samples);
        }
        else
        {
            DecodeByColumn(block, samples);
        }

        return count;
    }

    private static byte[] EncodeWhole(int count, ReadOnlySpan<byte> columns, byte[] packed, bool compress)
    {
        var size = 0;
        var isShorter =
            compress && BrotliEncoder.TryCompress(columns, packed, out size, quality, window) && size < columns.Length;
        Span<byte> header = stackalloc byte[2 + (2 * Varint64.MaxLength)];
        header[0] = whole;
        header[1] = isShorter ? brotli : plain;
        var at = 2 + Varint64.Write(header[2..], (ulong)count);
        at += Varint64.Write(header[at..], (ulong)columns.Length);
        return [.. header[..at], .. isShorter ? packed.AsSpan(0, size) : columns];
    }

    private static void DecodeWhole(ReadOnlySpan<byte> block, Span<Sample> to)
    {
        var at = 2;
        _ = Varint64.Read(block, ref at);
        var length = ReadNumber(block, ref at, to.Length * SeriesColumns.MostPerSample);
        var body = block[at..];
        if (block[1] == plain)
        {
            Require(length == body.Length);
            SeriesColumns.Read(body, to);
            return;
        }

        Require(block[1] == brotli);
        var columns = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Unpack(body, columns.AsSpan(0, length));
            SeriesColumns.Read(columns.AsSpan(0, length), to);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
        }
    }

    private static byte[] EncodeByColumn(int count, ColumnLengths lengths, ReadOnlySpan<byte> columns, byte[] packed)
    {
        Span<byte> header = stackalloc byte[1 + ((3 + SeriesColumns.Number) * Varint64.MaxLength)];
        header[0] = byColumn;
        var at = 1 + Varint64.Write(header[1..], (ulong)count);
        at += Varint64.Write(header[at..], (ulong)lengths.Steps);
        at += Varint64.Write(header[at..], (ulong)lengths.Timestamps);
        var size = 0;
        for (var i = 0; i < SeriesColumns.Number; i++)
        {
            var column = columns[..lengths.Of(i)];
            columns = columns[column.Length..];
            var stored = TryPack(column, packed.AsSpan(size));
            at += Varint64.Write(header[at..], (ulong)stored);
            size += stored;
            if (stored == 0)
            {
                column.CopyTo(packed.AsSpan(size));
                size += column.Length;
            }
        }

        return [.. header[..at], .. packed.AsSpan(0, size)];
    }

    private static void DecodeByColumn(ReadOnlySpan<byte> block, Span<Sample> to)
    {
        var at = 1;
        _ = Varint64.Read(block, ref at);
        var most = to.Length * Varint64.MaxLength;
        var lengths = new ColumnLengths(to.Length, ReadNumber(block, ref at, most), ReadNumber(block, ref at, most));
        Span<int> stored = stackalloc int[SeriesColumns.Number];
        for (var i = 0; i < stored.Length; i++)
        {
            stored[i] = ReadNumber(block, ref at, lengths.Of(i));
        }

        var columns = ArrayPool<byte>.Shared.Rent(lengths.Total);
        try
        {
            UnpackColumns(block[at..], stored, lengths, columns);
            SeriesColumns.Read(columns.AsSpan(0, lengths.Total), to);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(columns);
        }
    }

    private static void UnpackColumns(
        ReadOnlySpan<byte> body,
        ReadOnlySpan<int> stored,
        ColumnLengths lengths,
        Span<byte> columns
    )
    {
        for (var i = 0; i < stored.Length; i++)
        {
            var column = columns[..lengths.Of(i)];
            columns = columns[column.Length..];
            var length = stored[i] == 0 ? column.Length : stored[i];
            Require(length <= body.Length);
            if (stored[i] == 0)
            {
                body[..length].CopyTo(column);
            }
            else
            {
                Unpack(body[..length], column);
            }

            body = body[length..];
        }

        Require(body.IsEmpty);
    }

    /// <summary>The compressed length; 0 where compressing does not pay, which noise shows by itself.</summary>
    private static int TryPack(ReadOnlySpan<byte> column, Span<byte> to) =>
        !Noise.Fills(column)
        && BrotliEncoder.TryCompress(column, to, out var size, quality, window)
        && size < column.Length - (column.Length / leastSaved)
            ? size
            : 0;

    private static void Unpack(ReadOnlySpan<byte> packed, Span<byte> to) =>
        Require(BrotliDecoder.TryDecompress(packed, to, out var written) && written == to.Length);

    private static int ReadNumber(ReadOnlySpan<byte> block, ref int at, int most)
    {
        var number = Varint64.Read(block, ref at);
        Require(number <= (ulong)most);
        return (int)number;
    }

    internal static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("a block of a series is damaged");
        }
    }
}
