namespace Braid.Pipelines.Workers;

/// <summary>
/// Shares out what this server can do at a time among jobs: whoever has least comes first, and whoever has nothing gets one, also when
/// others have all that there is.
/// </summary>
internal static class JobTurns
{
    /// <summary>The jobs that may have one more, next first.</summary>
    /// <param name="wanting">Jobs that have use for one more, in the order in which they came.</param>
    /// <param name="held">How many each job has.</param>
    /// <param name="most">Of all jobs together; as many again go to jobs that have none.</param>
    public static IEnumerable<long> Next(IEnumerable<long> wanting, IReadOnlyDictionary<long, int> held, int most)
    {
        var all = held.Values.Sum();
        return wanting
            .Where(job => all < most || (all < 2 * most && held.GetValueOrDefault(job) == 0))
            .OrderBy(job => held.GetValueOrDefault(job));
    }
}
