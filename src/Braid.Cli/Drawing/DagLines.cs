namespace Braid.Cli.Drawing;

/// <summary>
/// The lines between two layers. Each slot above has one way across, on a row of its own where others would run into it: down
/// from its middle, across, and down to all that it leads to.
/// </summary>
internal static class DagLines
{
    /// <summary>Draws them, and answers how many rows they take: as many as asked for, or as are needed.</summary>
    public static int Draw(LineCanvas canvas, List<DagSlot> above, int top, int leastRows)
    {
        List<DagSlot> sources = [.. above.Where(slot => slot.Below.Count > 0)];
        var tracks = Tracks(sources);
        var needed = tracks.Values.DefaultIfEmpty(-1).Max() + 1;
        var rows = Math.Max(leastRows, needed);
        var first = top + (rows - needed) / 2;
        foreach (var source in sources)
        {
            var track = first + tracks[source];
            canvas.Down(source.Middle, top - 1, track);
            canvas.Across(track, Left(source), Right(source));
            foreach (var target in source.Below)
            {
                canvas.Down(target.Middle, track, top + rows);
            }
        }

        return rows;
    }

    /// <summary>
    /// The lowest row for each, from top to bottom, on which nothing is in its way. One that ends in a column where another
    /// begins goes below that one, so that their lines do not become one.
    /// </summary>
    private static Dictionary<DagSlot, int> Tracks(List<DagSlot> sources)
    {
        var tracks = new Dictionary<DagSlot, int>();
        foreach (var source in InOrder(sources))
        {
            var least = tracks
                .Where(other => EndsUnder(source, other.Key))
                .Select(other => other.Value + 1)
                .DefaultIfEmpty(0)
                .Max();
            while (tracks.Any(other => other.Value == least && Touches(source, other.Key)))
            {
                least++;
            }

            tracks[source] = least;
        }

        return tracks;
    }

    /// <summary>First those under which no line of another ends that is yet to be placed.</summary>
    private static IEnumerable<DagSlot> InOrder(List<DagSlot> sources)
    {
        var open = sources.ToList();
        while (open.Count > 0)
        {
            var next = open.FirstOrDefault(slot => !open.Any(other => EndsUnder(slot, other))) ?? open[0];
            open.Remove(next);
            yield return next;
        }
    }

    private static bool EndsUnder(DagSlot source, DagSlot other) =>
        source != other && source.Below.Any(target => target.Middle == other.Middle);

    private static bool Touches(DagSlot one, DagSlot other) => Left(one) <= Right(other) && Left(other) <= Right(one);

    private static int Left(DagSlot source) => Math.Min(source.Middle, source.Below.Min(target => target.Middle));

    private static int Right(DagSlot source) => Math.Max(source.Middle, source.Below.Max(target => target.Middle));
}
