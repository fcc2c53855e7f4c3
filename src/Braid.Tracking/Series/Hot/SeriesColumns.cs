namespace Braid.Tracking.Series.Hot;

/// <summary>How many bytes the columns of <paramref name="Count"/> samples take.</summary>
internal readonly record struct ColumnLengths(int Count, int Steps, int Timestamps)
{
    public int Total => Steps + Timestamps + (Count * sizeof(double));

    public int Of(int column) =>
        column switch
        {
            0 => Steps,
            1 => Timestamps,
            _ => Count,
        };
}

/// <summary>
/// Samples in ten columns: steps and timestamps as differences of differences (a regular series is all zeros), values as
/// bytes of one significance together, after XOR with their predecessor.
/// </summary>
internal static class SeriesColumns
{
    public const int Number = 2 + sizeof(double);

    /// <summary>The most bytes that one sample takes.</summary>
    public const int MostPerSample = (2 * Varint64.MaxLength) + sizeof(double);

    public static ColumnLengths Write(ReadOnlySpan<Sample> samples, Span<byte> to)
    {
        var steps = 0;
        long last = 0;
        long lastDelta = 0;
        foreach (ref readonly var sample in samples)
        {
            steps += WriteDelta(to[steps..], sample.Step, ref last, ref lastDelta);
        }

        var at = steps;
        (last, lastDelta) = (0, 0);
        foreach (ref readonly var sample in samples)
        {
            at += WriteDelta(to[at..], sample.TimestampMs, ref last, ref lastDelta);
        }

        WriteValues(samples, to.Slice(at, samples.Length * sizeof(double)));
        return new(samples.Length, steps, at - steps);
    }

    /// <exception cref="InvalidDataException">They are no columns of so many samples.</exception>
    public static void Read(ReadOnlySpan<byte> columns, Span<Sample> to)
    {
        var at = 0;
        long last = 0;
        long lastDelta = 0;
        foreach (ref var sample in to)
        {
            sample = new(ReadDelta(columns, ref at, ref last, ref lastDelta), 0, 0);
        }

        (last, lastDelta) = (0, 0);
        foreach (ref var sample in to)
        {
            sample = sample with { TimestampMs = ReadDelta(columns, ref at, ref last, ref lastDelta) };
        }

        SeriesBlock.Require(columns.Length - at == to.Length * sizeof(double));
        ReadValues(columns[at..], to);
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
}
