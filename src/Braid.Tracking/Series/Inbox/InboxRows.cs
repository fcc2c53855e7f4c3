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
            ? db.QueryAsync<WaitingPoints>("SELECT run_id, MAX(sequence) AS last FROM series_inbox GROUP BY run_id")
            : SqlArguments.QueryAsync<WaitingPoints>(
                db,
                "SELECT run_id, MAX(sequence) AS last FROM series_inbox WHERE run_id IN {0} GROUP BY run_id",
                runs
            );

    /// <summary>The oldest, up to one, in order of arrival.</summary>
    public static Task<IReadOnlyList<InboxRow>> OldestAsync(DbRead db, RunId run, long last) =>
        db.QueryAsync<InboxRow>(
            """
            SELECT sequence, writer, arrived, bytes FROM series_inbox
            WHERE run_id = @run AND sequence <= @last ORDER BY sequence LIMIT @MostAtOnce
            """,
            new
            {
                run = run.ToString(),
                last,
                MostAtOnce,
            }
        );

    public static Task RemoveAsync(DbWrite db, string run, long last = long.MaxValue) =>
        db.ExecuteAsync("DELETE FROM series_inbox WHERE run_id = @run AND sequence <= @last", new { run, last });
}
