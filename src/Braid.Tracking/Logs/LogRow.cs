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
    public RunId RunId { get; init; }

    /// <summary>Null: not known, or not asked for.</summary>
    public byte[]? Trigrams { get; init; }

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

    /// <summary>The blocks of the runs that can hold a line that is looked for, as far as their rows tell.</summary>
    public static async Task<IReadOnlyList<LogRow>> OfAsync(DbRead db, LogSearch search)
    {
        var rows = new List<LogRow>();
        var trigrams = search.Text.Length < LogTrigrams.Length ? "" : ", trigrams";
        foreach (var runs in search.Runs.Chunk(SqlArguments.MostInList))
        {
            var args = new SqlArguments();
            var found = await db.QueryAsync<LogRow>(
                $"SELECT run_id, {Columns}{trigrams} FROM log_block WHERE {Condition(search, runs, args)}",
                args.Values
            );
            rows.AddRange(found.Where(row => LogTrigrams.MayContain(row.Trigrams, search.Text)));
        }

        return rows;
    }

    public async Task<LogLine[]> LinesAsync(DbRead db, RunId run)
    {
        var bytes = await db.FirstOrDefaultAsync<byte[]>(
            "SELECT bytes FROM log_block WHERE run_id = @run AND first_line = @FirstLine",
            new { run, FirstLine }
        );
        return bytes is null ? [] : LogBlock.Decode(bytes, FirstLine, Abandoned);
    }

    private static string Condition(LogSearch search, IEnumerable<RunId> runs, SqlArguments args)
    {
        var sources = search.Sources.Aggregate(0L, (bits, source) => bits | LogBlock.Bit(source));
        return $"run_id IN {args.List(runs.Select(run => run.ToString()))} AND last_ms >= {args.Bind(search.FromMs)}"
            + $" AND first_ms < {args.Bind(search.UntilMs)} AND (sources & {args.Bind(sources)}) <> 0"
            + (search.Datum is { } datum ? $" AND datum = {args.Bind(datum)}" : "");
    }
}
