using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>A block's row without its bytes.</summary>
internal sealed record LogRow
{
    public const string Columns = "first_line, count, level, first_ms, last_ms, datum, writer, abandoned";

    public long FirstLine { get; init; }
    public long Count { get; init; }
    public long Level { get; init; }
    public long FirstMs { get; init; }
    public long LastMs { get; init; }
    public string Datum { get; init; } = "";
    public string Writer { get; init; } = "";
    public bool Abandoned { get; init; }

    public long End => FirstLine + Count;

    /// <summary>All blocks of a run, or of one datum of it, in order of arrival.</summary>
    public static Task<IReadOnlyList<LogRow>> OfAsync(DbRead db, RunId run, string? datum, long from = 0) =>
        db.QueryAsync<LogRow>(
            $"SELECT {Columns} FROM log_block WHERE run_id = @run AND first_line + count > @from"
                + (datum is null ? "" : " AND datum = @datum")
                + " ORDER BY first_line",
            new
            {
                run,
                from,
                datum,
            }
        );

    public async Task<LogLine[]> LinesAsync(DbRead db, RunId run)
    {
        var bytes = await db.FirstOrDefaultAsync<byte[]>(
            "SELECT bytes FROM log_block WHERE run_id = @run AND first_line = @FirstLine",
            new { run, FirstLine }
        );
        return bytes is null ? [] : LogBlock.Decode(bytes, FirstLine, Abandoned);
    }
}
