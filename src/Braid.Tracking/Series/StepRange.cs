namespace Braid.Tracking.Series;

/// <summary>Which steps a block, or a tail, holds; single values are no steps.</summary>
/// <param name="Count">How many different ones.</param>
internal readonly record struct StepRange(long Min, long Max, long Count)
{
    public static StepRange Nothing { get; } = new(long.MaxValue, long.MinValue, 0);

    public static StepRange Of(ReadOnlySpan<Sample> samples)
    {
        var (min, max, count) = Nothing;
        var isRising = true;
        foreach (ref readonly var sample in samples)
        {
            if (sample.Step == Point.SingleValueStep)
            {
                continue;
            }

            isRising &= count == 0 || sample.Step > max;
            (min, max, count) = (Math.Min(min, sample.Step), Math.Max(max, sample.Step), count + 1);
        }

        return new(min, max, isRising ? count : Distinct(samples));
    }

    private static long Distinct(ReadOnlySpan<Sample> samples)
    {
        var steps = new HashSet<long>(samples.Length);
        foreach (ref readonly var sample in samples)
        {
            steps.Add(sample.Step);
        }

        steps.Remove(Point.SingleValueStep);
        return steps.Count;
    }
}
