namespace Braid.Data.Walking;

/// <summary>Walks a graph of rows breadth first: what is nearest comes first, each once.</summary>
internal static class GraphWalk
{
    private const int mostAtOnce = 1000;

    /// <param name="starts">Where it begins; found only when it leads from one start to another.</param>
    /// <param name="next">What rows lead to directly, in the order to find it in.</param>
    public static async Task<IReadOnlyList<long>> FromAsync(
        IEnumerable<long> starts,
        WalkLimits limits,
        Func<IReadOnlyCollection<long>, Task<IReadOnlyList<long>>> next
    )
    {
        var found = new List<long>();
        var seen = new HashSet<long>();
        List<long> level = [.. starts.Distinct()];
        for (var depth = 0UL; level.Count > 0 && (limits.Deepest == 0 || depth < limits.Deepest); depth++)
        {
            var fresh = new List<long>();
            foreach (var some in level.Chunk(mostAtOnce))
            {
                fresh.AddRange((await next(some)).Where(seen.Add));
            }

            found.AddRange(fresh);
            if (limits.Most > 0 && (ulong)found.Count >= limits.Most)
            {
                return found[..(int)limits.Most];
            }

            level = fresh;
        }

        return found;
    }
}
