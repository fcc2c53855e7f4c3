namespace Braid.Tracking.Series;

/// <summary>The two orders in which samples are read, from the one in which they arrived.</summary>
internal static class Arrangement
{
    /// <summary>By timestamp, step, value; the same sample twice counts once (MLflow's history).</summary>
    public static ArraySegment<Sample> ByTime(ArraySegment<Sample> arrived)
    {
        var samples = arrived.AsSpan();
        if (!IsSorted(samples))
        {
            samples.Sort(Compare);
        }

        var kept = 0;
        for (var at = 0; at < samples.Length; at++)
        {
            if (kept == 0 || !samples[at].Equals(samples[kept - 1]))
            {
                samples[kept++] = samples[at];
            }
        }

        return arrived[..kept];
    }

    /// <summary>How many samples are not behind one, in the order of <see cref="ByTime"/>.</summary>
    public static int CountUpTo(ReadOnlySpan<Sample> sorted, Sample one)
    {
        var at = sorted.BinarySearch(one, Comparer<Sample>.Create(Compare));
        return at < 0 ? ~at : at + 1;
    }

    /// <summary>By step, of each the one that arrived last; without single values (ClearML's reading).</summary>
    public static ArraySegment<Sample> ByStep(ArraySegment<Sample> arrived)
    {
        // Sorting is stable, so the last of a step is the newest; steps that simply go on need none.
        ArraySegment<Sample> steps = IsRising(arrived) ? arrived : arrived.OrderBy(sample => sample.Step).ToArray();
        var sorted = steps.AsSpan();
        var kept = 0;
        for (var at = 0; at < sorted.Length; at++)
        {
            if (sorted[at].Step == Point.SingleValueStep)
            {
                continue;
            }

            kept -= kept > 0 && sorted[kept - 1].Step == sorted[at].Step ? 1 : 0;
            sorted[kept++] = sorted[at];
        }

        return steps[..kept];
    }

    /// <summary>Steps by timestamp; those of one time stay in their order.</summary>
    public static ArraySegment<Sample> ByTimestamp(ArraySegment<Sample> steps)
    {
        for (var at = 1; at < steps.Count; at++)
        {
            if (steps[at].TimestampMs < steps[at - 1].TimestampMs)
            {
                return steps.OrderBy(sample => sample.TimestampMs).ToArray();
            }
        }

        return steps;
    }

    private static int Compare(Sample left, Sample right) =>
        (left.TimestampMs, left.Step, left.Value).CompareTo((right.TimestampMs, right.Step, right.Value));

    private static bool IsSorted(ReadOnlySpan<Sample> samples)
    {
        for (var at = 1; at < samples.Length; at++)
        {
            if (Compare(samples[at - 1], samples[at]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRising(ReadOnlySpan<Sample> samples)
    {
        for (var at = 1; at < samples.Length; at++)
        {
            if (samples[at].Step <= samples[at - 1].Step)
            {
                return false;
            }
        }

        return true;
    }
}
