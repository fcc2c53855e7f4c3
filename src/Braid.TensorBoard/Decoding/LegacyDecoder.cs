using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>The values of TensorFlow 1, which PyTorch's writers still write.</summary>
internal static class LegacyDecoder
{
    public static LoggedImages Image(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var (width, height) = (0, 0);
        byte[] encoded = [];
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    height = reader.ReadInt32();
                    break;
                case 2:
                    width = reader.ReadInt32();
                    break;
                case 4:
                    encoded = reader.ReadBytes().ToArray();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, tag, width, height, [encoded]);
    }

    public static LoggedAudio Audio(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var contentType = "audio/wav";
        byte[] encoded = [];
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 4:
                    encoded = reader.ReadBytes().ToArray();
                    break;
                case 5:
                    contentType = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, tag, contentType, [new(encoded, "")]);
    }

    public static LoggedHistogram Histogram(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var (min, max) = (0d, 0d);
        var limits = new List<double>();
        var counts = new List<double>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    min = reader.ReadDouble();
                    break;
                case 2:
                    max = reader.ReadDouble();
                    break;
                case 6:
                    reader.ReadDoubles(limits);
                    break;
                case 7:
                    reader.ReadDoubles(counts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, tag, Buckets(min, max, limits, counts));
    }

    /// <summary>
    /// As TensorBoard does it: empty buckets at both ends are dropped, and the outer edges become the least and the greatest
    /// value, because the first and the last bucket reach as far as numbers do.
    /// </summary>
    private static HistogramBucket[] Buckets(double min, double max, List<double> limits, List<double> counts)
    {
        var first = counts.FindIndex(count => count > 0);
        var last = counts.FindLastIndex(count => count > 0);
        if (first < 0)
        {
            return [];
        }

        if (limits.Count < last)
        {
            throw new InvalidDataException("a histogram with fewer limits than buckets");
        }

        var buckets = new HistogramBucket[last - first + 1];
        for (var at = first; at <= last; at++)
        {
            var left = at == first ? min : limits[at - 1];
            var right = at == last ? max : limits[at];
            buckets[at - first] = new(left, right, counts[at]);
        }

        return buckets;
    }
}
