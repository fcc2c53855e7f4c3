namespace Braid.Tracking.Series;

/// <summary>Which times, in milliseconds since 1970, a block, or a tail, holds.</summary>
/// <param name="Count">How many different samples.</param>
internal readonly record struct TimeRange(long Min, long Max, long Count)
{
    public static TimeRange Of(ReadOnlySpan<Sample> samples)
    {
        var (min, max) = (long.MaxValue, long.MinValue);
        var isRising = true;
        foreach (ref readonly var sample in samples)
        {
            isRising &= sample.TimestampMs > max;
            (min, max) = (Math.Min(min, sample.TimestampMs), Math.Max(max, sample.TimestampMs));
        }

        return new(min, max, isRising ? samples.Length : Distinct(samples));
    }

    private static long Distinct(ReadOnlySpan<Sample> samples)
    {
        var seen = new HashSet<Sample>(samples.Length);
        foreach (ref readonly var sample in samples)
        {
            seen.Add(sample);
        }

        return seen.Count;
    }
}
