using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.EventFiles;

/// <summary>The rows of <c>event_file</c> and <c>event_tag</c>.</summary>
internal static class EventFileRows
{
    private const string columns = """
        path, beginning, next_offset, dead, first_ms, last_ms, records, damaged, too_long, points, plots, samples, lines,
        parameters, left_out
        """;

    private const string upsert = $"""
        INSERT INTO event_file (run_id, writer, {columns})
        VALUES (@run, @writer, @Path, @beginning, @NextOffset, @IsDead, @first, @last, @Records, @Damaged, @TooLong,
          @Points, @Plots, @Samples, @Lines, @Parameters, @LeftOut)
        ON CONFLICT (run_id, writer, path) DO UPDATE SET
          beginning = excluded.beginning, next_offset = excluded.next_offset, dead = excluded.dead,
          first_ms = excluded.first_ms, last_ms = excluded.last_ms, records = excluded.records,
          damaged = excluded.damaged, too_long = excluded.too_long, points = excluded.points, plots = excluded.plots,
          samples = excluded.samples, lines = excluded.lines, parameters = excluded.parameters,
          left_out = excluded.left_out
        """;

    public static async Task<EventFile?> FindAsync(DbRead db, RunId run, string writer, string path) =>
        (
            await db.FirstOrDefaultAsync<Row>(
                $"SELECT {columns} FROM event_file WHERE run_id = @run AND writer = @writer AND path = @path",
                new
                {
                    run,
                    writer,
                    path,
                }
            )
        )?.ToFile();

    public static async Task<IReadOnlyList<EventFile>> ListAsync(DbRead db, RunId run, string writer)
    {
        var rows = await db.QueryAsync<Row>(
            $"SELECT {columns} FROM event_file WHERE run_id = @run AND writer = @writer ORDER BY path",
            new { run, writer }
        );
        return [.. rows.Select(row => row.ToFile())];
    }

    public static Task WriteAsync(DbWrite db, RunId run, string writer, EventFile file) =>
        db.ExecuteAsync(
            upsert,
            new
            {
                run,
                writer,
                file.Path,
                beginning = (long)file.Beginning,
                file.NextOffset,
                file.IsDead,
                first = file.Times?.First,
                last = file.Times?.Last,
                file.Counts.Records,
                file.Counts.Damaged,
                file.Counts.TooLong,
                file.Counts.Points,
                file.Counts.Plots,
                file.Counts.Samples,
                file.Counts.Lines,
                file.Counts.Parameters,
                file.Counts.LeftOut,
            }
        );

    public static Task<IReadOnlyList<EventTag>> TagsAsync(DbRead db, RunId run, string directory) =>
        db.QueryAsync<EventTag>(
            "SELECT tag, plugin FROM event_tag WHERE run_id = @run AND directory = @directory",
            new { run, directory }
        );

    public static async Task WriteTagsAsync(DbWrite db, RunId run, string directory, IReadOnlyList<EventTag> tags)
    {
        if (tags.Count > 0)
        {
            await db.ExecuteAsync(
                """
                INSERT INTO event_tag (run_id, directory, tag, plugin) VALUES (@run, @directory, @Tag, @Plugin)
                ON CONFLICT (run_id, directory, tag) DO NOTHING
                """,
                tags.Select(tag => new
                {
                    run,
                    directory,
                    tag.Tag,
                    tag.Plugin,
                })
            );
        }
    }

    /// <summary>Whoever sends the files again is asked for all of them.</summary>
    public static async Task ForgetAsync(DbWrite db, string run)
    {
        await db.ExecuteAsync("DELETE FROM event_file WHERE run_id = @run", new { run });
        await db.ExecuteAsync("DELETE FROM event_tag WHERE run_id = @run", new { run });
    }

    private sealed record Row
    {
        public string Path { get; init; } = "";
        public long Beginning { get; init; }
        public long NextOffset { get; init; }
        public bool Dead { get; init; }
        public long? FirstMs { get; init; }
        public long? LastMs { get; init; }
        public long Records { get; init; }
        public long Damaged { get; init; }
        public long TooLong { get; init; }
        public long Points { get; init; }
        public long Plots { get; init; }
        public long Samples { get; init; }
        public long Lines { get; init; }
        public long Parameters { get; init; }
        public long LeftOut { get; init; }

        public EventFile ToFile() =>
            new(Path, (uint)Beginning, NextOffset)
            {
                IsDead = Dead,
                Times = FirstMs is { } first && LastMs is { } last ? (first, last) : null,
                Counts = new()
                {
                    Records = Records,
                    Damaged = Damaged,
                    TooLong = TooLong,
                    Points = Points,
                    Plots = Plots,
                    Samples = Samples,
                    Lines = Lines,
                    Parameters = Parameters,
                    LeftOut = LeftOut,
                },
            };
    }
}
