using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>
/// Reads a page by time: blocks in the order in which they can hold the page's next line, until no further block can hold
/// one that belongs to the page.
/// </summary>
internal static class LogReader
{
    public static async Task<IReadOnlyList<LogLine>> ReadAsync(DbRead db, RunId run, LogPage page)
    {
        var rows = (await LogRow.OfAsync(db, run, page.Datum)).Where(row => MayHold(row, page));
        var lines = new List<LogLine>();
        foreach (
            var row in page.Backward ? rows.OrderByDescending(row => row.LastMs) : rows.OrderBy(row => row.FirstMs)
        )
        {
            if (lines.Count >= page.Size && !IsBefore(Nearest(row, page), Cut(lines, page), page))
            {
                break;
            }

            lines.AddRange((await row.LinesAsync(db, run)).Where(line => IsBeyond(line.TimestampMs, page)));
            lines.Sort((left, right) => Compare(left, right, page));
        }

        return Take(lines, page);
    }

    public static async Task<IReadOnlyList<LogLine>> SliceAsync(DbRead db, RunId run, LogSlice slice)
    {
        var count = Math.Clamp(slice.Of - slice.Skip, 0, slice.Size);
        var first = slice.Backward ? slice.Of - slice.Skip - count : slice.Skip;
        var lines = new List<LogLine>();
        long passed = 0;
        foreach (var row in await LogRow.OfAsync(db, run, datum: null))
        {
            if (passed < first + count && passed + row.Count > first)
            {
                var start = (int)Math.Max(0, first - passed);
                lines.AddRange((await row.LinesAsync(db, run)).Skip(start).Take((int)count - lines.Count));
            }

            passed += row.Count;
        }

        if (slice.Backward)
        {
            lines.Reverse();
        }

        return lines;
    }

    /// <summary>The page, and what shares the time of its last line.</summary>
    private static IReadOnlyList<LogLine> Take(List<LogLine> lines, LogPage page)
    {
        var end = Math.Min(page.Size, lines.Count);
        while (end > 0 && end < lines.Count && lines[end].TimestampMs == lines[end - 1].TimestampMs)
        {
            end++;
        }

        return lines[..end];
    }

    private static bool IsBeyond(long time, LogPage page) =>
        page.FromMs is not { } from || (page.Backward ? time < from : time > from);

    private static bool MayHold(LogRow row, LogPage page) => IsBeyond(page.Backward ? row.FirstMs : row.LastMs, page);

    private static long Nearest(LogRow row, LogPage page) => page.Backward ? row.LastMs : row.FirstMs;

    /// <summary>The time of the last line that has its place in the page.</summary>
    private static long Cut(List<LogLine> lines, LogPage page) => lines[Math.Max(page.Size, 1) - 1].TimestampMs;

    /// <summary>Whether a line of that time could still come before or with the cut.</summary>
    private static bool IsBefore(long time, long cut, LogPage page) => page.Backward ? time >= cut : time <= cut;

    private static int Compare(LogLine left, LogLine right, LogPage page)
    {
        var order = (left.TimestampMs, left.Number).CompareTo((right.TimestampMs, right.Number));
        return page.Backward ? -order : order;
    }
}
