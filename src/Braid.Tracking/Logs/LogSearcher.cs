using System.Runtime.CompilerServices;
using Braid.Metadata;

namespace Braid.Tracking.Logs;

/// <summary>
/// Finds lines over many runs: 1 the rows of the blocks say which of them can hold one; 2 those are unpacked one after the
/// other, in the order in which they can hold the next line; 3 a line is told once no further block can hold one before it. A
/// reader who has seen enough leaves the rest packed.
/// </summary>
internal static class LogSearcher
{
    public static async IAsyncEnumerable<FoundLine> SearchAsync(
        Database database,
        LogSearch search,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        // 1
        var rows = await database.ReadAsync(db => LogRow.OfAsync(db, search), ct);
        var waiting = new PriorityQueue<FoundLine, (long Time, int Row, long Number)>();
        foreach (var (index, row) in rows.OrderBy(row => Earliest(row, search)).Index())
        {
            // 3
            while (waiting.TryPeek(out _, out var first) && first.Time < Earliest(row, search))
            {
                yield return waiting.Dequeue();
            }

            // 2
            foreach (var line in await database.ReadAsync(db => row.LinesAsync(db, row.RunId), ct))
            {
                if (search.Wants(line))
                {
                    waiting.Enqueue(new(row.RunId, line), PlaceOf(line, index, search));
                }
            }
        }

        while (waiting.TryDequeue(out var line, out _))
        {
            yield return line;
        }
    }

    /// <summary>Going back, times count down, so that the order is the same one.</summary>
    private static long Earliest(LogRow row, LogSearch search) => search.Backward ? -row.LastMs : row.FirstMs;

    private static (long Time, int Row, long Number) PlaceOf(LogLine line, int row, LogSearch search) =>
        search.Backward ? (-line.TimestampMs, row, -line.Number) : (line.TimestampMs, row, line.Number);
}
