using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Series.Inbox;

/// <summary>A run of whose points some wait.</summary>
internal sealed record WaitingPoints
{
    public required RunId RunId { get; init; }

    /// <summary>The sequence number of the batch that arrived last.</summary>
    public required long Last { get; init; }
}

/// <summary>A batch that waits.</summary>
internal sealed record InboxRow
{
    public required long Sequence { get; init; }
    public required string Writer { get; init; }
    public required DateTimeOffset Arrived { get; init; }

    /// <summary>docs/formats/series-batch.md.</summary>
    public required byte[] Bytes { get; init; }
}

/// <summary>A batch that cannot be read: it stays, and nothing waits for it.</summary>
/// <param name="Damage">What is wrong with it.</param>
public sealed record DamagedBatch(long Sequence, RunId RunId, string Damage);

/// <summary>The rows of batches that wait to be folded into their series.</summary>
internal static class InboxRows
{
    /// <summary>So many are folded at a time: other writes wait meanwhile.</summary>
    public const int MostAtOnce = 128;

    /// <summary>Adds a batch to a run that takes points, if its epoch is that one; whether it did. One statement, since it is what logging costs.</summary>
    public static async Task<bool> TryAddAsync(
        DbWrite db,
        RunId run,
        long epoch,
        string writer,
        DateTimeOffset arrived,
        byte[] bytes
    ) =>
        await db.ExecuteAsync(
            """
            INSERT INTO series_inbox (run_id, writer, arrived, bytes)
            SELECT @run, @writer, @arrived, @bytes FROM run WHERE id = @run AND series_epoch = @epoch AND trashed IS NULL
            """,
            new
            {
                run = run.ToString(),
                epoch,
                writer,
                arrived = arrived.ToStored(),
                bytes,
            }
        ) == 1;

    /// <summary>Which of these runs have some; of all when there is no list.</summary>
    public static Task<IReadOnlyList<WaitingPoints>> WaitingAsync(DbRead db, IEnumerable<string>? runs) =>
        runs is null
            ? db.QueryAsync<WaitingPoints>(
                "SELECT run_id, MAX(sequence) AS last FROM series_inbox WHERE damage IS NULL GROUP BY run_id"
            )
            : SqlArguments.QueryAsync<WaitingPoints>(
                db,
                "SELECT run_id, MAX(sequence) AS last FROM series_inbox WHERE run_id IN {0} AND damage IS NULL GROUP BY run_id",
                runs
            );

    /// <summary>The oldest, up to one, in order of arrival.</summary>
    public static Task<IReadOnlyList<InboxRow>> OldestAsync(DbRead db, RunId run, long last) =>
        db.QueryAsync<InboxRow>(
            """
            SELECT sequence, writer, arrived, bytes FROM series_inbox
            WHERE run_id = @run AND sequence <= @last AND damage IS NULL ORDER BY sequence LIMIT @MostAtOnce
            """,
            new
            {
                run = run.ToString(),
                last,
                MostAtOnce,
            }
        );

    /// <summary>Removes those up to one that were folded.</summary>
    public static Task RemoveFoldedAsync(DbWrite db, RunId run, long last) =>
        db.ExecuteAsync(
            "DELETE FROM series_inbox WHERE run_id = @run AND sequence <= @last AND damage IS NULL",
            new { run = run.ToString(), last }
        );

    /// <summary>Removes all of a run.</summary>
    public static Task RemoveAsync(DbWrite db, string run) =>
        db.ExecuteAsync("DELETE FROM series_inbox WHERE run_id = @run", new { run });

    public static Task SetAsideAsync(DbWrite db, long sequence, string damage) =>
        db.ExecuteAsync(
            "UPDATE series_inbox SET damage = @damage WHERE sequence = @sequence",
            new { sequence, damage }
        );

    /// <summary>The first that waits; null when none does.</summary>
    public static Task<long?> FirstAsync(DbRead db) =>
        db.FirstOrDefaultAsync<long?>(
            "SELECT sequence FROM series_inbox WHERE damage IS NULL ORDER BY sequence LIMIT 1"
        );

    /// <summary>Those set aside from one on, in order of arrival.</summary>
    public static Task<IReadOnlyList<DamagedBatch>> DamagedAsync(DbRead db, long from) =>
        db.QueryAsync<DamagedBatch>(
            """
            SELECT sequence, run_id, damage FROM series_inbox WHERE damage IS NOT NULL AND sequence >= @from ORDER BY sequence
            """,
            new { from }
        );
}
