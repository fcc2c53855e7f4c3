using System.Globalization;
using System.Runtime.CompilerServices;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Logs;

/// <summary>What runs print, kept in compressed blocks.</summary>
public sealed class Logs(Database database, TimeProvider clock)
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(5);

    /// <summary>Appends lines; durable when it returns.</summary>
    public Task<Result<Unit>> AppendAsync(
        Caller caller,
        RunId run,
        IReadOnlyList<LogLine> lines,
        CancellationToken ct
    ) => AppendAsync(run, [(caller, lines)], ct);

    /// <summary>Appends what several callers write to one run, all or nothing; durable when it returns.</summary>
    public Task<Result<Unit>> AppendAsync(
        RunId run,
        IReadOnlyList<(Caller Caller, IReadOnlyList<LogLine> Lines)> parts,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                if (await RefuseAsync(db, run, parts) is { } refused)
                {
                    return refused;
                }

                await LogWriter.AppendAsync(db, run, [.. parts.Select(part => (part.Caller.Writer ?? "", part.Lines))]);
                await RunRows.TouchAsync(db, run, clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );

    /// <summary>Appends what the server says about a run, in the transaction in which it is decided.</summary>
    public Task AppendForJobAsync(DbWrite db, RunId run, string text) =>
        LogWriter.AppendAsync(
            db,
            run,
            [
                (
                    "",
                    [
                        new()
                        {
                            TimestampMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                            Text = text,
                            Level = "INFO",
                            Source = LogSource.Server,
                        },
                    ]
                ),
            ]
        );

    /// <summary>Appends what a run's programs printed, in the transaction that knows them to be its own.</summary>
    public async Task AppendForJobAsync(DbWrite db, RunId run, IReadOnlyList<LogLine> lines)
    {
        await LogWriter.AppendAsync(db, run, [("", lines)]);
        await RunRows.TouchAsync(db, run, clock.GetUtcNow());
    }

    /// <summary>Lines of several runs in the order of their times, read as they are consumed; runs that the caller may not use have none.</summary>
    public IAsyncEnumerable<FoundLine> SearchAsync(Caller caller, LogSearch search, CancellationToken ct) =>
        LogSearcher.SearchAsync(
            database,
            search with
            {
                Runs = [.. search.Runs.Where(run => caller.MayUseRun(run, null) is null)],
            },
            ct
        );

    /// <summary>A page by time; lines of one time are in order of arrival (backward: the reverse).</summary>
    public Task<Result<IReadOnlyList<LogLine>>> ReadAsync(
        Caller caller,
        RunId run,
        LogPage page,
        CancellationToken ct
    ) => LookAsync(caller, run, db => LogReader.ReadAsync(db, run, page), ct);

    /// <summary>Lines by their place.</summary>
    public Task<Result<IReadOnlyList<LogLine>>> SliceAsync(
        Caller caller,
        RunId run,
        LogSlice slice,
        CancellationToken ct
    ) => LookAsync(caller, run, db => LogReader.SliceAsync(db, run, slice), ct);

    /// <summary>How many lines there are.</summary>
    public Task<Result<long>> CountAsync(Caller caller, RunId run, CancellationToken ct) =>
        LookAsync(
            caller,
            run,
            db =>
                db.ScalarAsync<long>(
                    "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM log_block WHERE run_id = @run",
                    new { run }
                ),
            ct
        );

    /// <summary>
    /// The lines in order of arrival from <paramref name="from"/> on. It ends when all are read and
    /// <paramref name="follow"/> is false or the run has ended; following, it waits for more.
    /// </summary>
    /// <param name="datum">Only this datum's; null for all.</param>
    /// <param name="tail">Start at most this many lines before the end; null for all.</param>
    public async Task<Result<IAsyncEnumerable<LogLine>>> FollowAsync(
        Caller caller,
        RunId run,
        long from,
        int? tail,
        string? datum,
        bool follow,
        CancellationToken ct
    )
    {
        var start = await LookAsync(caller, run, db => StartAsync(db, run, from, tail, datum), ct);
        return start.Select(at => LinesAsync(run, at, datum, follow, ct));
    }

    /// <summary>Removes a run's log.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, RunId run, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                var found = await RunHead.FindForChangeAsync(db, caller, run);
                if (!found.TryGet(out _, out var error))
                {
                    return error;
                }

                await db.ExecuteAsync("DELETE FROM log_block WHERE run_id = @run", new { run });
                await db.TellAsync(caller, new("run.delete-log", $"{run}"), clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );

    /// <summary>Removes the lines from before a time.</summary>
    /// <returns>How many they were.</returns>
    public Task<Result<long>> DeleteBeforeAsync(Caller caller, RunId run, DateTimeOffset time, CancellationToken ct) =>
        database.WriteAsync<long>(
            async db =>
            {
                var found = await RunHead.FindForChangeAsync(db, caller, run);
                if (!found.TryGet(out _, out var error))
                {
                    return error;
                }

                var until = time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);
                await db.TellAsync(caller, new("run.delete-log", $"{run}", $"before {until}"), clock.GetUtcNow());
                return await LogWriter.DeleteBeforeAsync(db, run, time.ToUnixTimeMilliseconds());
            },
            ct
        );

    /// <summary>The run is looked at once, for all callers.</summary>
    private static async Task<Error?> RefuseAsync(
        DbRead db,
        RunId run,
        IReadOnlyList<(Caller Caller, IReadOnlyList<LogLine> Lines)> parts
    )
    {
        var found = await RunHead.FindForChangeAsync(db, parts[0].Caller, run);
        if (!found.TryGet(out var head, out var error))
        {
            return error;
        }

        return parts
                .Select(part => part.Caller.MayUseRun(run, head.ParentId))
                .FirstOrDefault(refused => refused is not null)
            ?? (
                parts.Any(part => part.Lines.Any(line => line.Datum?.Contains('\0') == true))
                    ? Errors.BadText("the name of a datum")
                    : null
            );
    }

    /// <summary>The number of the first line to give.</summary>
    private static async Task<long> StartAsync(DbRead db, RunId run, long from, int? tail, string? datum)
    {
        if (tail is not { } lines)
        {
            return from;
        }

        foreach (var row in (await LogRow.OfAsync(db, run, datum, from)).Reverse())
        {
            if (lines <= row.Count)
            {
                return Math.Max(from, row.End - lines);
            }

            lines -= (int)row.Count;
        }

        return from;
    }

    private async IAsyncEnumerable<LogLine> LinesAsync(
        RunId run,
        long from,
        string? datum,
        bool follow,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var watch = database.Changes.Watch(Topics.RunLog(run), Topics.Run(run));
        while (true)
        {
            var (lines, end, isLast) = await NextAsync(run, from, datum, ct);
            foreach (var line in lines)
            {
                yield return line;
            }

            from = end;
            if (isLast && !follow)
            {
                yield break;
            }

            if (isLast)
            {
                if (await HasEndedAsync(run, ct) && (await NextAsync(run, from, datum, ct)).Lines.Count == 0)
                {
                    yield break;
                }

                await watch.NextAsync(longestWait, ct);
            }
        }
    }

    /// <summary>The lines of the next block from a number on, where to go on after it, and whether it was the last.</summary>
    private Task<(IReadOnlyList<LogLine> Lines, long End, bool IsLast)> NextAsync(
        RunId run,
        long from,
        string? datum,
        CancellationToken ct
    ) =>
        database.ReadAsync<(IReadOnlyList<LogLine>, long, bool)>(
            async db =>
            {
                var row = await db.FirstOrDefaultAsync<LogRow>(
                    $"SELECT {LogRow.Columns} FROM log_block WHERE run_id = @run AND first_line + count > @from"
                        + (datum is null ? "" : " AND datum = @datum")
                        + " ORDER BY first_line LIMIT 1",
                    new
                    {
                        run,
                        from,
                        datum,
                    }
                );
                return row is null
                    ? ([], from, true)
                    : ([.. (await row.LinesAsync(db, run)).Where(line => line.Number >= from)], row.End, false);
            },
            ct
        );

    private Task<bool> HasEndedAsync(RunId run, CancellationToken ct) =>
        database.ReadAsync(
            async db =>
                await db.FirstOrDefaultAsync<string>("SELECT status FROM run WHERE id = @run", new { run })
                    is not { } status
                || StatusMachine.IsEnd(StatusText.Parse(status)),
            ct
        );

    private Task<Result<T>> LookAsync<T>(Caller caller, RunId run, Func<DbRead, Task<T>> look, CancellationToken ct) =>
        database.ReadAsync<Result<T>>(
            async db =>
            {
                var found = await RunHead.FindAsync(db, caller, run);
                return found.TryGet(out _, out var error) ? await look(db) : error;
            },
            ct
        );
}
