using Braid.Metadata;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Series;

/// <summary>
/// Where appended samples go. The newest lie in the series' own row; from 64 on they become a block. As soon as the last 16
/// blocks are of one level, they become one block of the next: a sample is rewritten once a level, so appending costs the
/// same however long the series is, and reading a million samples takes some dozens of blocks. Blocks of different writers
/// are never mixed, so that an attempt's can be taken back.
/// </summary>
internal static class Tail
{
    private const int longestTail = 64;
    private const int fanIn = 16;
    private const int highestLevel = 2;
    private const int mostInBlock = 1 << 16;

    public static async Task<SeriesRow> AppendAsync(
        DbWrite db,
        SeriesRow row,
        IReadOnlyList<Sample> samples,
        string writer
    )
    {
        if (row.Tail.Count > 0 && row.TailWriter != writer)
        {
            row = await CloseAsync(db, row);
        }

        row = row with { Tail = [.. row.Tail, .. samples], TailWriter = writer };
        return row.Tail.Count < longestTail ? row : await CloseAsync(db, row);
    }

    /// <summary>Makes the tail blocks.</summary>
    private static async Task<SeriesRow> CloseAsync(DbWrite db, SeriesRow row)
    {
        var next = row.Summary.Blocks;
        foreach (var part in row.Tail.Chunk(mostInBlock))
        {
            await InsertAsync(db, row.Summary.Id, next++, LevelOf(part.Length), row.TailWriter, part);
        }

        await MergeAsync(db, row.Summary.Id);
        return row with { Tail = [], TailWriter = "", Summary = row.Summary with { Blocks = next } };
    }

    private static int LevelOf(int samples) =>
        samples switch
        {
            < 256 => 0,
            < 4096 => 1,
            _ => highestLevel,
        };

    private static Task InsertAsync(
        DbWrite db,
        string id,
        long sequence,
        long level,
        string writer,
        ReadOnlySpan<Sample> samples
    )
    {
        var (steps, times) = (StepRange.Of(samples), TimeRange.Of(samples));
        return db.ExecuteAsync(
            """
            INSERT INTO series_block
              (series_id, sequence, level, writer, bytes, min_step, max_step, steps, min_ms, max_ms, samples)
            VALUES (@id, @sequence, @level, @writer, @bytes, @minStep, @maxStep, @steps, @minMs, @maxMs, @samples)
            """,
            new
            {
                id,
                sequence,
                level,
                writer,
                bytes = SeriesBlock.Encode(samples, compress: true),
                minStep = steps.Min,
                maxStep = steps.Max,
                steps = steps.Count,
                minMs = times.Min,
                maxMs = times.Max,
                samples = times.Count,
            }
        );
    }

    private static async Task MergeAsync(DbWrite db, string id)
    {
        while (true)
        {
            var last = await db.QueryAsync<BlockRow>(
                """
                SELECT sequence, level, writer FROM series_block WHERE series_id = @id
                ORDER BY sequence DESC LIMIT @fanIn
                """,
                new { id, fanIn }
            );
            if (last.Count < fanIn || last[0].Level >= highestLevel || last.Any(block => !block.Joins(last[0])))
            {
                return;
            }

            await MergeAsync(db, id, last[^1], last[0].Sequence);
        }
    }

    /// <summary>One block in place of those from <paramref name="first"/> to <paramref name="last"/>.</summary>
    private static async Task MergeAsync(DbWrite db, string id, BlockRow first, long last)
    {
        var range = new
        {
            id,
            from = first.Sequence,
            last,
        };
        var blocks = await db.QueryAsync<byte[]>(
            """
            SELECT bytes FROM series_block WHERE series_id = @id AND sequence BETWEEN @from AND @last ORDER BY sequence
            """,
            range
        );
        var samples = SeriesRows.Decode(blocks).Distinct().ToArray();
        await db.ExecuteAsync(
            "DELETE FROM series_block WHERE series_id = @id AND sequence BETWEEN @from AND @last",
            range
        );
        var level = Math.Max(LevelOf(samples.Length), first.Level + 1);
        await InsertAsync(db, id, first.Sequence, level, first.Writer, samples);
    }

    private sealed record BlockRow
    {
        public long Sequence { get; init; }
        public long Level { get; init; }
        public string Writer { get; init; } = "";

        public bool Joins(BlockRow other) => Level == other.Level && Writer == other.Writer;
    }
}
