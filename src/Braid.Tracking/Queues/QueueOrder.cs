using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Queues;

/// <summary>
/// Moves entries within their queue. The ends cost one statement; a move by some entries costs one for each that it passes,
/// whatever the length of the queue.
/// </summary>
internal sealed class QueueOrder(TimeProvider clock)
{
    /// <summary>Who is moved further than this goes to the end.</summary>
    private const long mostPassed = 1000;

    /// <returns>How many entries are before the moved one.</returns>
    public async Task<long> MoveAsync(DbWrite db, EntryRow entry, QueueMove move, long count)
    {
        var place = move switch
        {
            QueueMove.ToFront => await EndAsync(db, entry.QueueId, "MIN(place) - 1"),
            QueueMove.ToBack => await EndAsync(db, entry.QueueId, "MAX(place) + 1"),
            QueueMove.Forward => await PassAsync(db, entry, "<", "DESC", count),
            _ => await PassAsync(db, entry, ">", "ASC", count),
        };
        await PutAsync(db, entry.RunId, place);
        await QueueRow.TouchAsync(db, entry.QueueId, clock.GetUtcNow());
        return await QueueEntries.CountBeforeAsync(db, entry.QueueId, place);
    }

    private static Task<long> EndAsync(DbRead db, QueueId queue, string end) =>
        db.ScalarAsync<long>($"SELECT {end} FROM queue_entry WHERE queue_id = @queue", new { queue });

    /// <summary>Each entry that is passed takes the place of the one before it; the last one's place is free then.</summary>
    private static async Task<long> PassAsync(DbWrite db, EntryRow entry, string side, string direction, long count)
    {
        var passed = await db.QueryAsync<EntryRow>(
            $"""
            SELECT run_id, queue_id, place, added, status_before FROM queue_entry
            WHERE queue_id = @QueueId AND place {side} @Place ORDER BY place {direction} LIMIT @most
            """,
            new
            {
                entry.QueueId,
                entry.Place,
                most = Math.Clamp(count, 0, mostPassed),
            }
        );
        var free = entry.Place;
        foreach (var other in passed)
        {
            await PutAsync(db, other.RunId, free);
            free = other.Place;
        }

        return free;
    }

    private static Task PutAsync(DbWrite db, RunId run, long place) =>
        db.ExecuteAsync("UPDATE queue_entry SET place = @place WHERE run_id = @run", new { run, place });
}
