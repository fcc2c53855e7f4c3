using System.Buffers;
using System.Text;

namespace Braid.Tracking.Series.Hot;

/// <summary>Samples of several series as bytes, as they wait to be folded into those series: docs/formats/series-batch.md.</summary>
internal static class SeriesBatch
{
    private const byte version = 1;

    /// <summary>Instead of a variant's length and one: the variant is the metric once more.</summary>
    private const int asMetric = 0;

    /// <summary>A count beyond this is corruption; it bounds what a reader allocates.</summary>
    private const int most = 1 << 20;

    public static byte[] Encode(IReadOnlyList<SeriesSamples> series)
    {
        var samples = ArrayPool<Sample>.Shared.Rent(series.Sum(one => one.Samples.Count));
        var names = ArrayPool<byte>.Shared.Rent(1 + Varint64.MaxLength + series.Sum(MostBytes));
        try
        {
            var (at, count) = (1, 0);
            names[0] = version;
            at += Varint64.Write(names.AsSpan(at), (ulong)series.Count);
            foreach (var one in series)
            {
                at += WriteName(names.AsSpan(at), one.Name);
                at += Varint64.Write(names.AsSpan(at), (ulong)one.Samples.Count);
                foreach (var sample in one.Samples)
                {
                    samples[count++] = sample;
                }
            }

            return [.. names.AsSpan(0, at), .. SeriesBlock.Encode(samples.AsSpan(0, count), compress: false)];
        }
        finally
        {
            ArrayPool<Sample>.Shared.Return(samples);
            ArrayPool<byte>.Shared.Return(names);
        }
    }

    /// <exception cref="InvalidDataException">It is no batch.</exception>
    public static SeriesSamples[] Decode(ReadOnlySpan<byte> batch)
    {
        Require(batch.Length > 1 && batch[0] == version);
        var at = 1;
        var heads = new (SeriesName Name, int Count)[ReadNumber(batch, ref at, Math.Min(most, batch.Length))];
        foreach (ref var head in heads.AsSpan())
        {
            head = (ReadName(batch, ref at), ReadNumber(batch, ref at, most));
        }

        var block = batch[at..];
        var samples = new Sample[SeriesBlock.Count(block)];
        Require(samples.Length == heads.Sum(head => (long)head.Count));
        SeriesBlock.Decode(block, samples);
        var next = 0;
        var series = new SeriesSamples[heads.Length];
        for (var i = 0; i < heads.Length; next += heads[i++].Count)
        {
            series[i] = new(heads[i].Name, new ArraySegment<Sample>(samples, next, heads[i].Count));
        }

        return series;
    }

    private static int MostBytes(SeriesSamples series) =>
        (3 * Varint64.MaxLength)
        + Encoding.UTF8.GetMaxByteCount(series.Name.Metric.Length)
        + Encoding.UTF8.GetMaxByteCount(series.Name.Variant.Length);

    private static int WriteName(Span<byte> to, SeriesName name)
    {
        var metric = Encoding.UTF8.GetByteCount(name.Metric);
        var at = Varint64.Write(to, (ulong)metric);
        at += Encoding.UTF8.GetBytes(name.Metric, to[at..]);
        if (name.Metric == name.Variant)
        {
            return at + Varint64.Write(to[at..], asMetric);
        }

        at += Varint64.Write(to[at..], (ulong)Encoding.UTF8.GetByteCount(name.Variant) + 1);
        return at + Encoding.UTF8.GetBytes(name.Variant, to[at..]);
    }

    private static SeriesName ReadName(ReadOnlySpan<byte> batch, ref int at)
    {
        var metric = ReadText(batch, ref at, ReadNumber(batch, ref at, most));
        var length = ReadNumber(batch, ref at, most);
        return new(metric, length == asMetric ? metric : ReadText(batch, ref at, length - 1));
    }

    private static string ReadText(ReadOnlySpan<byte> batch, ref int at, int length)
    {
        Require(length <= batch.Length - at);
        at += length;
        return Encoding.UTF8.GetString(batch.Slice(at - length, length));
    }

    private static int ReadNumber(ReadOnlySpan<byte> batch, ref int at, int most)
    {
        var number = Varint64.Read(batch, ref at);
        Require(number <= (ulong)most);
        return (int)number;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("a batch of points is damaged");
        }
    }
}
