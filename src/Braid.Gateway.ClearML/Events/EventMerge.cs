using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Events;

/// <summary>Reads at most <paramref name="size"/> events of a lane beyond an iteration, in the order of the merge.</summary>
internal delegate Task<Result<IReadOnlyList<(long Iteration, JsonObject Event)>>> LaneReader(
    long? beyond,
    int size,
    CancellationToken ct
);

/// <summary>
/// Events of many lanes in one order. Each lane is read in pieces, as large as it takes where all go on alike, so that a page
/// costs about what it holds.
/// </summary>
internal sealed class EventMerge(IReadOnlyList<(EventLane Lane, LaneReader Read)> lanes, EventOrder order)
{
    private const int smallestPiece = 8;

    public async Task<Result<IReadOnlyList<(EventKey Key, JsonObject Event)>>> ReadAsync(
        EventKey? after,
        int size,
        CancellationToken ct
    )
    {
        var piece = Math.Clamp(2 * size / Math.Max(1, lanes.Count), Math.Min(smallestPiece, size), size);
        var open = new PriorityQueue<Head, EventKey>(order);
        foreach (var (lane, read) in lanes)
        {
            var head = new Head(lane, read, order.Beyond(after, lane));
            if (await AdvanceAsync(open, head, piece, ct) is { } error)
            {
                return error;
            }
        }

        var merged = new List<(EventKey, JsonObject)>();
        while (merged.Count < size && open.TryDequeue(out var head, out var key))
        {
            merged.Add((key, head.Take()));
            if (await AdvanceAsync(open, head, piece, ct) is { } error)
            {
                return error;
            }
        }

        return merged;
    }

    private static async Task<Error?> AdvanceAsync(
        PriorityQueue<Head, EventKey> open,
        Head head,
        int piece,
        CancellationToken ct
    )
    {
        var next = await head.NextAsync(piece, ct);
        if (next is { IsOk: true, Value: { } iteration })
        {
            open.Enqueue(head, new(iteration, head.Lane));
        }

        return next.Error;
    }

    /// <summary>How far a lane is read.</summary>
    private sealed class Head(EventLane lane, LaneReader read, long? start)
    {
        private long? beyond = start;
        private IReadOnlyList<(long Iteration, JsonObject Event)> piece = [];
        private int at;
        private bool isAtEnd;

        public EventLane Lane => lane;

        /// <summary>The iteration of the next event; null at the end.</summary>
        public async Task<Result<long?>> NextAsync(int size, CancellationToken ct)
        {
            if (at == piece.Count && !isAtEnd)
            {
                var more = await read(beyond, size, ct);
                if (!more.TryGet(out var found, out var error))
                {
                    return error;
                }

                (piece, at, isAtEnd) = (found, 0, found.Count < size);
            }

            return at < piece.Count ? piece[at].Iteration : (long?)null;
        }

        public JsonObject Take()
        {
            (beyond, var taken) = piece[at++];
            return taken;
        }
    }
}
