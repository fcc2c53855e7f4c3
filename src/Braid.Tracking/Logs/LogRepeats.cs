using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>
/// Notices lines that a client sends again because it heard no answer: all of them, with their times, follow each other in what
/// it appended a moment ago already. Lines of jobs come from this server itself, which repeats none.
/// </summary>
internal static class LogRepeats
{
    /// <summary>So far back a repetition is looked for, in blocks.</summary>
    private const int looked = 16;

    /// <summary>And so many lines are read for it at most.</summary>
    private const int mostLines = 1 << 14;

    public static async Task<bool> IsRepeatAsync(
        DbRead db,
        RunId run,
        IReadOnlyList<(string Writer, IReadOnlyList<LogLine> Lines)> parts
    )
    {
        if (parts is not [var (writer, sent)] || sent.Count == 0 || sent.Any(line => !IsOfClient(line)))
        {
            return false;
        }

        var newest = await db.QueryAsync<LogRow>(
            $"SELECT {LogRow.Columns} FROM log_block WHERE run_id = @run ORDER BY first_line DESC LIMIT @looked",
            new { run, looked }
        );
        var read = 0L;
        foreach (var row in newest.Where(row => row.Writer == writer && MayHold(row, sent)))
        {
            read += row.Count;
            if (read > mostLines)
            {
                return false;
            }

            if (Holds(await row.LinesAsync(db, run), sent))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfClient(LogLine line) => line is { Source: LogSource.Client, Datum: null };

    private static bool MayHold(LogRow row, IReadOnlyList<LogLine> sent) =>
        row.Count >= sent.Count && sent.All(line => line.TimestampMs >= row.FirstMs && line.TimestampMs <= row.LastMs);

    private static bool Holds(LogLine[] stored, IReadOnlyList<LogLine> sent)
    {
        for (var start = 0; start + sent.Count <= stored.Length; start++)
        {
            if (sent.Index().All(line => IsSame(stored[start + line.Index], line.Item)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(LogLine stored, LogLine sent) =>
        (stored.TimestampMs, stored.Text, stored.Level, stored.Worker)
            == (sent.TimestampMs, sent.Text, sent.Level, sent.Worker)
        && IsOfClient(stored);
}
