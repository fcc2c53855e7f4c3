using Braid.TensorBoard.Events;

namespace Braid.TensorBoard.Writing;

/// <summary>Counts values into evenly wide buckets, as TensorBoard's own writer does.</summary>
internal static class HistogramBuckets
{
    public static HistogramBucket[] Of(IReadOnlyList<double> values, int count)
    {
        var numbers = values.Where(double.IsFinite).ToArray();
        if (numbers.Length == 0)
        {
            return new HistogramBucket[count];
        }

        var (min, max) = (numbers.Min(), numbers.Max());
        var buckets = new HistogramBucket[count];
        for (var at = 0; at < count; at++)
        {
            buckets[at] = new(Edge(at), at == count - 1 ? max : Edge(at + 1), 0);
        }

        foreach (var number in numbers)
        {
            // Values that are all equal are in the last bucket, and all of its edges are that value.
            var at = max == min ? count - 1 : Math.Min(count - 1, (int)((number - min) / (max - min) * count));
            buckets[at] = buckets[at] with { Count = buckets[at].Count + 1 };
        }

        return buckets;

        double Edge(int at) => min + ((max - min) / count * at);
    }
}
