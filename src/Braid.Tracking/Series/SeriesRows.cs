using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Series.Hot;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Series;

/// <summary>A series with its newest points, which are not in a block yet.</summary>
internal sealed record SeriesRow
{
    private const string upsert = """
        INSERT INTO series
          (id, owner_id, metric, variant, name_key, count, numbers, sum, first_step, first_ms, first_value, last_step, last_ms,
           last_value, min_step, min_ms, min_value, max_step, max_ms, max_value, single_ms, single_value, blocks, tail,
           tail_writer)
        VALUES
          (@Id, @OwnerId, @Metric, @Variant, @nameKey, @Count, @Numbers, @Sum, @FirstStep, @FirstMs, @FirstValue, @LastStep, @LastMs,
           @LastValue, @MinStep, @MinMs, @MinValue, @MaxStep, @MaxMs, @MaxValue, @SingleMs, @SingleValue, @Blocks, @tail,
           @tailWriter)
        ON CONFLICT (id) DO UPDATE SET
          count = excluded.count, numbers = excluded.numbers, sum = excluded.sum, first_step = excluded.first_step,
          first_ms = excluded.first_ms, first_value = excluded.first_value, last_step = excluded.last_step,
          last_ms = excluded.last_ms, last_value = excluded.last_value, min_step = excluded.min_step,
          min_ms = excluded.min_ms, min_value = excluded.min_value, max_step = excluded.max_step,
          max_ms = excluded.max_ms, max_value = excluded.max_value, single_ms = excluded.single_ms,
          single_value = excluded.single_value, blocks = excluded.blocks, tail = excluded.tail,
          tail_writer = excluded.tail_writer
        """;

    public required SummaryRow Summary { get; init; }
    public required IReadOnlyList<Sample> Tail { get; init; }
    public required string TailWriter { get; init; }

    public static SeriesRow New(string owner, SeriesName name) =>
        new()
        {
            Summary = new()
            {
                Id = SeriesId.Of(owner, name),
                OwnerId = owner,
                Metric = name.Metric,
                Variant = name.Variant,
            },
            Tail = [],
            TailWriter = "",
        };

    /// <summary>Writes the rows, all with one prepared statement.</summary>
    public static Task WriteAsync(DbWrite db, IEnumerable<SeriesRow> rows) =>
        db.ExecuteAsync(upsert, rows.Select(row => row.ToArguments()));

    private object ToArguments()
    {
        var s = Summary;
        return new
        {
            s.Id,
            s.OwnerId,
            s.Metric,
            s.Variant,
            nameKey = SeriesNameKey.Of(s.Metric, s.Variant),
            s.Count,
            s.Numbers,
            s.Sum,
            s.FirstStep,
            s.FirstMs,
            s.FirstValue,
            s.LastStep,
            s.LastMs,
            s.LastValue,
            s.MinStep,
            s.MinMs,
            s.MinValue,
            s.MaxStep,
            s.MaxMs,
            s.MaxValue,
            s.SingleMs,
            s.SingleValue,
            s.Blocks,
            tail = SeriesBlock.Encode(Tail.ToArray(), compress: false),
            tailWriter = TailWriter,
        };
    }
}

/// <summary>Reading and removing series inside somebody's transaction.</summary>
internal static class SeriesRows
{
    /// <summary>The series of these ids that exist, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, SeriesRow>> FindAsync(DbRead db, IEnumerable<string> ids)
    {
        var summaries = await SqlArguments.QueryAsync<SummaryRow>(
            db,
            $"SELECT {SummaryRow.ColumnsWithTail} FROM series WHERE id IN {{0}}",
            ids
        );
        return summaries.ToDictionary(
            row => row.Id,
            row => new SeriesRow
            {
                Summary = row,
                Tail = Decode(row.Tail),
                TailWriter = row.TailWriter,
            },
            StringComparer.Ordinal
        );
    }

    /// <summary>Everything that is stored of a series, in order of arrival.</summary>
    public static async Task<Sample[]> ReadAsync(DbRead db, string id)
    {
        var blocks = await db.QueryAsync<byte[]>(
            "SELECT bytes FROM series_block WHERE series_id = @id ORDER BY sequence",
            new { id }
        );
        var tail = await db.FirstOrDefaultAsync<byte[]>("SELECT tail FROM series WHERE id = @id", new { id });
        return tail is null ? [] : Decode([.. blocks, tail]);
    }

    public static Sample[] Decode(params IReadOnlyList<byte[]> blocks)
    {
        var samples = new Sample[blocks.Sum(block => SeriesBlock.Count(block))];
        var at = 0;
        foreach (var block in blocks)
        {
            at += SeriesBlock.Decode(block, samples.AsSpan(at));
        }

        return samples;
    }

    public static async Task DeleteAsync(DbWrite db, string owner)
    {
        await InboxRows.RemoveAsync(db, owner);
        await db.ExecuteAsync(
            "DELETE FROM series_block WHERE series_id IN (SELECT s.id FROM series s WHERE s.owner_id = @owner)",
            new { owner }
        );
        await db.ExecuteAsync("DELETE FROM series WHERE owner_id = @owner", new { owner });
        await EndEpochAsync(db, owner);
    }

    /// <summary>Tells all who know series of the run to look again whether they are there.</summary>
    private static Task EndEpochAsync(DbWrite db, string run) =>
        db.ExecuteAsync("UPDATE run SET series_epoch = series_epoch + 1 WHERE id = @run", new { run });

    /// <summary>Removes what one writer appended, and tells the summaries anew from what is left.</summary>
    public static async Task DiscardWriterAsync(DbWrite db, RunId run, string writer)
    {
        await InboxFold.RunAsync(db, run);
        var owner = run.ToString();
        var touched = await db.QueryAsync<string>(
            """
            SELECT s.id FROM series s
            WHERE s.owner_id = @owner AND (s.tail_writer = @writer
              OR EXISTS (SELECT 1 FROM series_block b WHERE b.series_id = s.id AND b.writer = @writer))
            """,
            new { owner, writer }
        );
        var rows = await FindAsync(db, touched);
        foreach (var row in rows.Values)
        {
            await DiscardWriterAsync(db, row, writer);
        }

        await EndEpochAsync(db, owner);
    }

    private static async Task DiscardWriterAsync(DbWrite db, SeriesRow row, string writer)
    {
        var name = row.Summary.Name;
        var id = row.Summary.Id;
        await db.ExecuteAsync(
            "DELETE FROM series_block WHERE series_id = @id AND writer = @writer",
            new { id, writer }
        );
        var summary = SeriesRow.New(row.Summary.OwnerId, name).Summary with { Blocks = row.Summary.Blocks };
        var tail = row.TailWriter == writer ? [] : row.Tail;
        await SeriesRow.WriteAsync(db, [row with { Tail = tail, Summary = summary }]);
        var left = await ReadAsync(db, id);
        if (left.Length == 0)
        {
            await db.ExecuteAsync("DELETE FROM series WHERE id = @id", new { id });
            return;
        }

        foreach (var sample in left)
        {
            summary.Add(sample);
        }

        await SeriesRow.WriteAsync(db, [row with { Tail = tail, Summary = summary }]);
    }
}
