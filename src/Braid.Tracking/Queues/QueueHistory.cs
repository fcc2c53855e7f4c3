using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Workers;

namespace Braid.Tracking.Queues;

/// <summary>A queue in the interval that begins at <paramref name="At"/>, on average.</summary>
/// <param name="Length">Runs that waited.</param>
/// <param name="Wait">How long they had waited.</param>
public sealed record QueuePoint(QueueId Queue, DateTimeOffset At, double Length, TimeSpan Wait);

/// <summary>How long queues were. A loop calls <see cref="StepAsync"/>; samples are kept for thirty days.</summary>
public sealed class QueueHistory(Database database, TimeProvider clock)
{
    private static readonly TimeSpan interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan kept = TimeSpan.FromDays(30);

    private const string sample = """
        INSERT INTO queue_sample (queue_id, at, length, wait)
        SELECT q.id, @now, COUNT(e.run_id), COALESCE(AVG((@now - e.added) / 1000000.0), 0)
        FROM queue q LEFT JOIN queue_entry e ON e.queue_id = q.id GROUP BY q.id
        """;

    /// <summary>Takes a sample when the last one, of whichever server, is five minutes old.</summary>
    /// <returns>False: the next one takes time to come.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var recent = (clock.GetUtcNow() - interval).ToStored();
        if (!await database.ReadAsync(db => IsThereAsync(db, recent), ct))
        {
            await database.WriteAsync(db => SampleAsync(db, recent), ct);
        }

        return false;
    }

    /// <summary>Takes a sample now.</summary>
    public async Task<Result<Unit>> RefreshAsync(Caller caller, CancellationToken ct)
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        await database.WriteAsync(db => SampleAsync(db, clock.GetUtcNow().ToStored()), ct);
        return Unit.Value;
    }

    /// <summary>One point for each queue and interval that has samples, by queue and time.</summary>
    /// <param name="queues">Only these; null for all.</param>
    public Task<Result<IReadOnlyList<QueuePoint>>> PointsAsync(
        Caller caller,
        IReadOnlyList<QueueId>? queues,
        HistorySpan span,
        CancellationToken ct
    ) =>
        caller.MayUseQueues() is { } refused
            ? Task.FromResult<Result<IReadOnlyList<QueuePoint>>>(refused)
            : database.ReadAsync(async db => Result.Ok(await PointsAsync(db, queues, span)), ct);

    private static async Task<IReadOnlyList<QueuePoint>> PointsAsync(
        DbRead db,
        IReadOnlyList<QueueId>? queues,
        HistorySpan span
    )
    {
        var arguments = new SqlArguments();
        var from = arguments.Bind(span.From.ToStored());
        var bucket = $"((at - {from}) / {arguments.Bind(span.Step)})";
        var among = queues switch
        {
            null => "TRUE",
            [] => "FALSE",
            _ => $"queue_id IN {arguments.List(queues.Select(queue => queue.ToString()))}",
        };
        var rows = await db.QueryAsync<PointRow>(
            $"""
            SELECT queue_id, {bucket} AS number, AVG(CAST(length AS DOUBLE PRECISION)) AS length, AVG(wait) AS wait
            FROM queue_sample WHERE at >= {from} AND at < {arguments.Bind(span.To.ToStored())} AND {among}
            GROUP BY queue_id, {bucket} ORDER BY queue_id, {bucket}
            """,
            arguments.Values
        );
        return
        [
            .. rows.Select(row => new QueuePoint(
                row.QueueId,
                span.At(row.Number),
                row.Length,
                TimeSpan.FromSeconds(row.Wait)
            )),
        ];
    }

    private static async Task<bool> IsThereAsync(DbRead db, long after) =>
        await db.ScalarAsync<long>("SELECT COUNT(*) FROM queue_sample WHERE at > @after", new { after }) > 0;

    private async Task SampleAsync(DbWrite db, long recent)
    {
        var now = clock.GetUtcNow();
        if (await IsThereAsync(db, recent))
        {
            return; // another server was faster
        }

        await db.ExecuteAsync("DELETE FROM queue_sample WHERE at < @old", new { old = (now - kept).ToStored() });
        await db.ExecuteAsync(sample, new { now = now.ToStored() });
    }

    private sealed record PointRow
    {
        public QueueId QueueId { get; init; }
        public long Number { get; init; }
        public double Length { get; init; }
        public double Wait { get; init; }
    }
}
