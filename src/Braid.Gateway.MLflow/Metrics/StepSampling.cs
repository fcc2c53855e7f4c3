namespace Braid.Gateway.MLflow.Metrics;

/// <summary>Chooses the steps that a thinned-out chart shows.</summary>
internal static class StepSampling
{
    /// <summary>
    /// At most about <paramref name="limit"/> of the distinct steps of all runs within the range: every k-th and the last,
    /// and besides these the first and last step of every run.
    /// </summary>
    public static IReadOnlySet<long> Choose(IReadOnlyList<IReadOnlyList<long>> runs, long from, long to, int limit)
    {
        var within = runs.Select(steps => steps.Where(step => step >= from && step <= to).ToList())
            .Where(steps => steps.Count > 0)
            .ToList();
        long[] all = [.. within.SelectMany(steps => steps).Distinct().Order()];
        if (all.Length <= limit)
        {
            return all.ToHashSet();
        }

        var interval = (all.Length + limit - 1) / limit;
        return all.Where((_, at) => at % interval == 0)
            .Append(all[^1])
            .Concat(within.Select(steps => steps.Min()))
            .Concat(within.Select(steps => steps.Max()))
            .ToHashSet();
    }
}
