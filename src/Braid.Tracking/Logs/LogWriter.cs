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
          @Run, @FirstLine, @Count, @Level, @FirstMs, @LastMs, @Datum, @Writer, @Abandoned, @Sources, @Trigrams, @Bytes)
        """;

    /// <param name="parts">Lines of several writers.</param>
    public static async Task AppendAsync(
        DbWrite db,
        RunId run,
        IReadOnlyList<(string Writer, IReadOnlyList<LogLine> Lines)> parts
    )
    {
        if (await LogRepeats.IsRepeatAsync(db, run, parts))
        {
            return;
        }

        var next = await NextLineAsync(db, run);
        var blocks = new List<NewBlock>();
        NewBlock? last = null;
        foreach (var (datum, writer, lines) in Split(parts))
        {
            var block = new NewBlock(run, next, 0, datum, writer, lines);
            blocks.Add(block);
            next += block.Count;
            // Only a block like the one before it can be the last of so many.
            if (last is null || (last.Datum, last.Writer) == (datum, writer))
            {
                await db.ExecuteAsync(insert, blocks);
                blocks.Clear();
                await MergeAsync(db, run);
            }

            last = block;
        }

        if (blocks.Count > 0)
        {
            await db.ExecuteAsync(insert, blocks);
        }

        db.Announce(Topics.RunLog(run));
    }

    /// <summary>
    /// Removes what is older than a time: whole blocks, and of those around it the lines. What is left keeps its numbers.
    /// </summary>
    public static async Task<long> DeleteBeforeAsync(DbWrite db, RunId run, long timeMs)
    {
        long deleted = 0;
        foreach (var row in (await LogRow.OfAsync(db, run, datum: null)).Where(row => row.FirstMs < timeMs))
        {
            var lines = row.LastMs < timeMs ? [] : await row.LinesAsync(db, run);
            var kept = lines.Where(line => line.TimestampMs >= timeMs).ToList();
            await db.ExecuteAsync(
                "DELETE FROM log_block WHERE run_id = @run AND first_line = @FirstLine",
                new { run, row.FirstLine }
            );
            deleted += row.Count - kept.Count;
            // Lines keep their numbers, so only those that follow each other stay in one block.
            var blocks = kept.Index()
                .GroupBy(line => line.Item.Number - line.Index)
                .Select(part => part.Select(line => line.Item).ToList())
                .Select(part => new NewBlock(run, part[0].Number, row.Level, row.Datum, row.Writer, part)
                {
                    Abandoned = row.Abandoned,
                })
                .ToList();
            if (blocks.Count > 0)
            {
                await db.ExecuteAsync(insert, blocks);
            }
        }

        db.Announce(Topics.RunLog(run));
        return deleted;
    }

    public static Task<long> NextLineAsync(DbRead db, RunId run) =>
        db.FirstOrDefaultAsync<long>(
            "SELECT first_line + count FROM log_block WHERE run_id = @run ORDER BY first_line DESC LIMIT 1",
            new { run }
        );

    private static IEnumerable<(string Datum, string Writer, IReadOnlyList<LogLine> Lines)> Split(
        IReadOnlyList<(string Writer, IReadOnlyList<LogLine> Lines)> parts
    ) =>
        from part in parts
        from datum in part.Lines.GroupBy(line => line.Datum ?? "", StringComparer.Ordinal)
        from lines in datum.Chunk(mostLines)
        select (datum.Key, part.Writer, (IReadOnlyList<LogLine>)lines);

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
        await db.ExecuteAsync(
            insert,
            new NewBlock(run, first.FirstLine, first.Level + 1, first.Datum, first.Writer, lines)
        );
    }

    /// <summary>The values of a new row.</summary>
    private sealed class NewBlock(
        RunId run,
        long firstLine,
        long level,
        string datum,
        string writer,
        IReadOnlyList<LogLine> lines
    )
    {
        public RunId Run => run;
        public long FirstLine => firstLine;
        public bool Abandoned { get; init; }
        public long Count => lines.Count;
        public long Level => level;
        public long FirstMs => lines.Min(line => line.TimestampMs);
        public long LastMs => lines.Max(line => line.TimestampMs);
        public string Datum => datum;
        public string Writer => writer;
        public long Sources => lines.Aggregate(0L, (bits, line) => bits | LogBlock.Bit(line.Source));
        public byte[] Trigrams => LogTrigrams.Of(lines.Select(line => line.Text));
        public byte[] Bytes => LogBlock.Encode(lines);
    }
}
