using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Queues;

/// <summary>A run that waits, and where.</summary>
internal sealed record EntryRow
{
    public RunId RunId { get; init; }
    public QueueId QueueId { get; init; }
    public long Place { get; init; }
    public DateTimeOffset Added { get; init; }
    public string StatusBefore { get; init; } = "";

    public QueueEntry ToEntry() => new(RunId, Added);
}

/// <summary>How many runs wait in a queue.</summary>
internal sealed record WaitingCount
{
    public QueueId QueueId { get; init; }
    public long Waiting { get; init; }
}

/// <summary>Reading and changing the entries of queues inside somebody's transaction.</summary>
internal static class QueueEntries
{
    private const string select = "SELECT run_id, queue_id, place, added, status_before FROM queue_entry";

    /// <summary>Of each queue the entries by their places, counted from 1.</summary>
    private const string selectCounted = """
        SELECT run_id, queue_id, place, added, status_before FROM (
          SELECT q.*, ROW_NUMBER() OVER (PARTITION BY q.queue_id ORDER BY q.place) AS counted
          FROM queue_entry q WHERE q.queue_id IN {0}) e
        """;

    private const string atEnd = "MAX(place) + 1";
    private const string atFront = "MIN(place) - 1";

    public static Task<EntryRow?> FindAsync(DbRead db, RunId run) =>
        db.FirstOrDefaultAsync<EntryRow>($"{select} WHERE run_id = @run", new { run });

    public static Task<EntryRow?> FirstAsync(DbRead db, QueueId queue) =>
        db.FirstOrDefaultAsync<EntryRow>($"{select} WHERE queue_id = @queue ORDER BY place LIMIT 1", new { queue });

    /// <summary>Takes the first entry out; null when there is none.</summary>
    public static async Task<EntryRow?> TakeFirstAsync(DbWrite db, QueueId queue, DateTimeOffset now)
    {
        var taken = await db.FirstOrDefaultAsync<EntryRow>(
            """
            DELETE FROM queue_entry
            WHERE run_id = (SELECT f.run_id FROM queue_entry f WHERE f.queue_id = @queue ORDER BY f.place LIMIT 1)
            RETURNING run_id, queue_id, place, added, status_before
            """,
            new { queue }
        );
        if (taken is not null)
        {
            await QueueRow.TouchAsync(db, queue, now);
        }

        return taken;
    }

    public static Task<IReadOnlyList<EntryRow>> ListAsync(DbRead db, QueueId queue, int? most = null) =>
        db.QueryAsync<EntryRow>(
            $"{select} WHERE queue_id = @queue ORDER BY place LIMIT @most",
            new { queue, most = most ?? long.MaxValue }
        );

    public static async Task<IReadOnlyList<Queue>> WithAsync(DbRead db, IReadOnlyList<QueueRow> rows, int? most)
    {
        var entries = most == 0 ? [] : await FirstOfEachAsync(db, [.. rows.Select(row => row.Id.ToString())], most);
        var byQueue = entries.ToLookup(entry => entry.QueueId);
        return [.. rows.Select(row => row.ToQueue([.. byQueue[row.Id].Select(entry => entry.ToEntry())]))];
    }

    /// <summary>How many wait in each of the queues in which some do.</summary>
    public static async Task<IReadOnlyDictionary<QueueId, long>> CountAsync(DbRead db, IEnumerable<QueueId> queues)
    {
        var counts = await SqlArguments.QueryAsync<WaitingCount>(
            db,
            "SELECT queue_id, COUNT(*) AS waiting FROM queue_entry WHERE queue_id IN {0} GROUP BY queue_id",
            queues.Select(queue => queue.ToString())
        );
        return counts.ToDictionary(count => count.QueueId, count => count.Waiting);
    }

    /// <summary>The next ones of several queues, by one question.</summary>
    private static Task<IReadOnlyList<EntryRow>> FirstOfEachAsync(DbRead db, string[] queues, int? most) =>
        SqlArguments.QueryAsync<EntryRow>(
            db,
            selectCounted + (most is { } last ? $" WHERE counted <= {last}" : "") + " ORDER BY counted",
            queues
        );

    public static Task AddAsync(DbWrite db, RunId run, QueueId queue, string before, DateTimeOffset now) =>
        InsertAsync(db, atEnd, run, queue, before, now);

    public static Task AddFirstAsync(DbWrite db, RunId run, QueueId queue, string before, DateTimeOffset now) =>
        InsertAsync(db, atFront, run, queue, before, now);

    public static async Task RemoveAsync(DbWrite db, EntryRow entry, DateTimeOffset now)
    {
        await db.ExecuteAsync("DELETE FROM queue_entry WHERE run_id = @RunId", entry);
        await QueueRow.TouchAsync(db, entry.QueueId, now);
    }

    /// <summary>Takes a run out of its queue; it is again what it was before it was queued.</summary>
    public static async Task SendBackAsync(DbWrite db, Caller caller, EntryRow entry, DateTimeOffset now)
    {
        await RemoveAsync(db, entry, now);
        var status = await db.FirstOrDefaultAsync<string>("SELECT status FROM run WHERE id = @RunId", entry);
        if (status == RunStatus.Queued.ToText())
        {
            var back = new StatusChange(StatusText.Parse(entry.StatusBefore));
            await StatusChanges.WriteAsync(db, entry.RunId, RunStatus.Queued, back, now, caller.Name);
        }
    }

    public static Task<long> CountBeforeAsync(DbRead db, QueueId queue, long place) =>
        db.ScalarAsync<long>(
            "SELECT COUNT(*) FROM queue_entry WHERE queue_id = @queue AND place < @place",
            new { queue, place }
        );

    private static async Task InsertAsync(
        DbWrite db,
        string place,
        RunId run,
        QueueId queue,
        string before,
        DateTimeOffset now
    )
    {
        await db.ExecuteAsync(
            $"""
            INSERT INTO queue_entry (run_id, queue_id, place, added, status_before)
            VALUES (@run, @queue, COALESCE((SELECT {place} FROM queue_entry WHERE queue_id = @queue), 0), @now, @before)
            """,
            new
            {
                run,
                queue,
                before,
                now,
            }
        );
        await QueueRow.TouchAsync(db, queue, now);
    }
}
