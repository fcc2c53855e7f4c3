using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>
/// Appends lines as a block for each datum. As soon as the last 16 blocks are alike (level, datum, writer), they become one
/// of the next level, as long as it stays small enough to be read for a page.
/// </summary>
internal static class LogWriter
{
    private const int fanIn = 16;
    private const int mostLines = 1 << 14;

    private const string insert = """
        INSERT INTO log_block (
          run_id, first_line, count, level, first_ms, last_ms, datum, writer, abandoned, sources, trigrams, bytes)
        VALUES (
          @run, @firstLine, @count, @level, @firstMs, @lastMs, @datum, @writer, FALSE, @sources, @trigrams, @bytes)
        """;

    public static async Task AppendAsync(DbWrite db, RunId run, IReadOnlyList<LogLine> lines, string writer)
    {
        var next = await NextLineAsync(db, run);
        foreach (var group in lines.GroupBy(line => line.Datum ?? "", StringComparer.Ordinal))
        {
            foreach (var part in group.Chunk(mostLines))
            {
                await InsertAsync(db, run, next, 0, group.Key, writer, part);
                next += part.Length;
                await MergeAsync(db, run);
            }
        }

        db.Announce(Topics.RunLog(run));
    }

    public static Task<long> NextLineAsync(DbRead db, RunId run) =>
        db.FirstOrDefaultAsync<long>(
            "SELECT first_line + count FROM log_block WHERE run_id = @run ORDER BY first_line DESC LIMIT 1",
            new { run }
        );

    private static Task InsertAsync(
        DbWrite db,
        RunId run,
        long firstLine,
        long level,
        string datum,
        string writer,
        IReadOnlyList<LogLine> lines
    ) =>
        db.ExecuteAsync(
            insert,
            new
            {
                run,
                firstLine,
                count = (long)lines.Count,
                level,
                firstMs = lines.Min(line => line.TimestampMs),
                lastMs = lines.Max(line => line.TimestampMs),
                datum,
                writer,
                sources = lines.Aggregate(0L, (bits, line) => bits | LogBlock.Bit(line.Source)),
                trigrams = LogTrigrams.Of(lines.Select(line => line.Text)),
                bytes = LogBlock.Encode(lines),
            }
        );

    private static async Task MergeAsync(DbWrite db, RunId run)
    {
        while (true)
        {
            var last = await db.QueryAsync<LogRow>(
                $"SELECT {LogRow.Columns} FROM log_block WHERE run_id = @run ORDER BY first_line DESC LIMIT @fanIn",
                new { run, fanIn }
            );
            if (last.Count < fanIn || last.Any(row => !Alike(row, last[0])) || last.Sum(row => row.Count) > mostLines)
            {
                return;
            }

            await MergeAsync(db, run, [.. last.Reverse()]);
        }
    }

    private static bool Alike(LogRow row, LogRow other) =>
        (row.Level, row.Datum, row.Writer, row.Abandoned) == (other.Level, other.Datum, other.Writer, false);

    private static async Task MergeAsync(DbWrite db, RunId run, IReadOnlyList<LogRow> rows)
    {
        var lines = new List<LogLine>();
        foreach (var row in rows)
        {
            lines.AddRange(await row.LinesAsync(db, run));
        }

        var first = rows[0];
        await db.ExecuteAsync(
            "DELETE FROM log_block WHERE run_id = @run AND first_line >= @FirstLine",
            new { run, first.FirstLine }
        );
        await InsertAsync(db, run, first.FirstLine, first.Level + 1, first.Datum, first.Writer, lines);
    }
}
