namespace Braid.Tracking.Series;

/// <summary>Parts of a series that lie among each other in time: all their samples come before those of the next group.</summary>
/// <param name="Parts">In order of arrival.</param>
/// <param name="MaxMs">No sample is later.</param>
/// <param name="Count">How many different samples; null when they must be read to know it.</param>
internal sealed record TimeGroup(IReadOnlyList<StepPart> Parts, long MaxMs, long? Count)
{
    /// <summary>The groups in order of time.</summary>
    /// <param name="parts">In order of arrival.</param>
    public static IEnumerable<TimeGroup> Of(IEnumerable<StepPart> parts)
    {
        var group = new List<StepPart>();
        var (maxMs, maxStep) = (long.MinValue, long.MinValue);
        foreach (var part in parts.Where(part => TimesOf(part).Count > 0).OrderBy(BeginningOf))
        {
            if (group.Count > 0 && IsBehind(part, maxMs, maxStep))
            {
                yield return Of(group, maxMs);
                group = [];
                (maxMs, maxStep) = (long.MinValue, long.MinValue);
            }

            group.Add(part);
            (maxMs, maxStep) = (Math.Max(maxMs, TimesOf(part).Max), Math.Max(maxStep, part.Range.Max));
        }

        if (group.Count > 0)
        {
            yield return Of(group, maxMs);
        }
    }

    public bool IsBefore(Sample sample) => MaxMs < sample.TimestampMs;

    /// <summary>None of the part's samples comes before it.</summary>
    private static (long Ms, long Step) BeginningOf(StepPart part) =>
        (TimesOf(part).Min, part.HasStepEach ? part.Range.Min : long.MinValue);

    /// <summary>Where times are equal, greater steps are behind, if every sample has one.</summary>
    private static bool IsBehind(StepPart part, long maxMs, long maxStep) =>
        TimesOf(part).Min > maxMs || (TimesOf(part).Min == maxMs && part.HasStepEach && part.Range.Min > maxStep);

    private static TimeGroup Of(List<StepPart> parts, long maxMs) =>
        new([.. parts.OrderBy(part => part.Sequence)], maxMs, parts is [var only] ? only.Times?.Count : null);

    /// <summary>What is not known may be any time.</summary>
    private static TimeRange TimesOf(StepPart part) => part.Times ?? new(long.MinValue, long.MaxValue, 1);
}
