using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Queues;

/// <summary>
/// The heads of placed queues: of those that need the same only the first few, since who comes behind them finds no place that these do not
/// find. What is left out is counted by an index, and not read.
/// </summary>
internal static class PlacedHeads
{
    /// <summary>From the kinds of needs, which are few, to the first entries of each.</summary>
    private const string select = """
        SELECT e.run_id, e.queue_id, e.added, k.needs, k.waiting
        FROM (
          SELECT c.queue_id, c.needs, c.waiting, COALESCE((
            SELECT l.place FROM queue_entry l WHERE l.queue_id = c.queue_id AND l.needs = c.needs
            ORDER BY l.place LIMIT 1 OFFSET @behind), @end) AS last
          FROM (
            SELECT q.queue_id, q.needs, COUNT(*) AS waiting FROM queue_entry q
            WHERE q.queue_id IN {0} AND q.needs <> '' GROUP BY q.queue_id, q.needs) c) k
        CROSS JOIN queue_entry e
        WHERE e.queue_id = k.queue_id AND e.needs = k.needs AND e.place <= k.last
        ORDER BY e.place
        """;

    /// <param name="most">Of each kind of needs in a queue.</param>
    public static async Task<IReadOnlyList<PlacedQueue>> ReadAsync(
        DbRead db,
        IReadOnlyList<PlacedQueue> queues,
        int most
    )
    {
        var arguments = new SqlArguments();
        var text = select.Replace(
            "{0}",
            arguments.List(queues.Select(queue => queue.Id.ToString())),
            StringComparison.Ordinal
        );
        var rows = await db.QueryAsync<HeadRow>(
            text,
            new Dictionary<string, object?>(arguments.Values) { ["behind"] = most - 1, ["end"] = long.MaxValue }
        );
        var byQueue = rows.ToLookup(row => row.QueueId);
        return [.. queues.Select(queue => With(queue, [.. byQueue[queue.Id]]))];
    }

    private static PlacedQueue With(PlacedQueue queue, IReadOnlyList<HeadRow> heads) =>
        queue with
        {
            Entries = [.. heads.Select(head => new QueueEntry(head.RunId, head.Added))],
            Rests =
            [
                .. heads
                    .GroupBy(head => head.Needs, StringComparer.Ordinal)
                    .Select(alike => new QueueRest(alike.Last().RunId, alike.Last().Waiting - alike.Count()))
                    .Where(rest => rest.Count > 0),
            ],
        };

    private sealed record HeadRow
    {
        public RunId RunId { get; init; }
        public QueueId QueueId { get; init; }
        public DateTimeOffset Added { get; init; }
        public string Needs { get; init; } = "";
        public long Waiting { get; init; }
    }
}
