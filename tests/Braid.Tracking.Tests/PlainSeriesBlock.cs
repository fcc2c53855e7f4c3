using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>The uncompressed block, written column by column as docs/formats/series-block.md reads.</summary>
internal static class PlainSeriesBlock
{
    public static byte[] Encode(Sample[] samples)
    {
        byte[] columns =
        [
            .. Deltas(samples.Select(sample => sample.Step)),
            .. Deltas(samples.Select(sample => sample.TimestampMs)),
            .. Planes([.. samples.Select(sample => sample.Value)]),
        ];
        return [1, 0, .. Varint((ulong)samples.Length), .. Varint((ulong)columns.Length), .. columns];
    }

    private static IEnumerable<byte> Deltas(IEnumerable<long> values)
    {
        long previous = 0;
        long previousDelta = 0;
        foreach (var value in values)
        {
            var delta = unchecked(value - previous);
            var change = unchecked(delta - previousDelta);
            foreach (var digit in Varint((ulong)((change << 1) ^ (change >> 63))))
            {
                yield return digit;
            }

            (previous, previousDelta) = (value, delta);
        }
    }

    private static IEnumerable<byte> Planes(double[] values)
    {
        var bits = values.Select(BitConverter.DoubleToUInt64Bits).ToArray();
        var changes = bits.Select((value, at) => at == 0 ? value : value ^ bits[at - 1]).ToArray();
        return Enumerable
            .Range(0, 8)
            .SelectMany(plane => changes.Select(change => (byte)(change >> (56 - (8 * plane)))));
    }

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
