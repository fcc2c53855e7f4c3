using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Workers;

namespace Braid.Tracking.Queues;

/// <summary>
/// What placing work needs of queues, in its own transactions: what waits, who asks for it, how runs stand; taking a run out of its
/// queue, and putting it back.
/// </summary>
public sealed class PlacedQueues(Queues queues, TimeProvider clock)
{
    /// <summary>The message that tells a run's worker and program to end it.</summary>
    public const string Stopping = "stopping";

    /// <summary>The system label of queues that stand for pods that are being made.</summary>
    private const string parking = "k8s-glue";

    private const string system = "braid";

    private const string selectRuns = """
        SELECT r.id, r.status, r.status_message, e.queue_id, q.system_labels, w.name AS worker, w.gpus
        FROM run r LEFT JOIN queue_entry e ON e.run_id = r.id LEFT JOIN queue q ON q.id = e.queue_id
          LEFT JOIN worker w ON w.run_id = r.id
        WHERE r.id IN {0} ORDER BY r.id, w.last_report DESC
        """;

    /// <summary>Says whether the runs of a queue are placed.</summary>
    public static Task SetAsync(DbWrite db, QueueId queue, bool isPlaced) =>
        db.ExecuteAsync("UPDATE queue SET placed = @isPlaced WHERE id = @queue", new { queue, isPlaced });

    /// <summary>The queue of a name, made when there is none; its runs are placed from now on.</summary>
    public async Task<QueueId> EnsureAsync(DbWrite db, Caller caller, string name)
    {
        var queue = await queues.EnsureAsync(db, caller, name);
        await SetAsync(db, queue, isPlaced: true);
        return queue;
    }

    /// <summary>All of them, by id, without what waits in them.</summary>
    public static async Task<IReadOnlyList<PlacedQueue>> ListAsync(DbRead db)
    {
        var found = await db.QueryAsync<QueueRow>(
            $"SELECT {QueueRow.Columns} FROM queue e WHERE e.placed ORDER BY e.id"
        );
        return [.. found.Select(row => new PlacedQueue(row.Id, row.Name, []))];
    }

    /// <summary>All of them, by id, with the first of those that need the same. Who was not noted is not among them.</summary>
    /// <param name="most">Of each kind of needs in a queue.</param>
    public static async Task<IReadOnlyList<PlacedQueue>> HeadsAsync(DbRead db, int most)
    {
        var heads = new List<PlacedQueue>();
        foreach (var some in (await ListAsync(db)).Chunk(SqlArguments.MostInList))
        {
            heads.AddRange(await PlacedHeads.ReadAsync(db, some, most));
        }

        return heads;
    }

    /// <summary>Runs in placed queues that nobody has noted yet, next first.</summary>
    public static Task<IReadOnlyList<StandingRun>> NewAsync(DbRead db, int most) =>
        db.QueryAsync<StandingRun>(
            """
            SELECT e.run_id AS run, e.queue_id AS queue FROM queue q CROSS JOIN queue_entry e
            WHERE q.placed AND e.queue_id = q.id AND e.needs IS NULL ORDER BY e.place LIMIT @most
            """,
            new { most }
        );

    /// <summary>Notes what a run needs that waits in a queue; nothing of one that does not.</summary>
    /// <param name="needs">Alike for those that need the same; empty when it is not to be placed now; null to have it looked at anew.</param>
    public static Task NoteAsync(DbWrite db, QueueId queue, RunId run, string? needs) =>
        db.ExecuteAsync(
            "UPDATE queue_entry SET needs = @needs WHERE run_id = @run AND queue_id = @queue",
            new
            {
                queue,
                run,
                needs,
            }
        );

    /// <summary>All of them, by id, with all that waits in them.</summary>
    public static async Task<IReadOnlyList<PlacedQueue>> ReadAsync(DbRead db)
    {
        var found = await db.QueryAsync<QueueRow>(
            $"SELECT {QueueRow.Columns} FROM queue e WHERE e.placed ORDER BY e.id"
        );
        var all = found.Count == 0 ? [] : await QueueEntries.WithAsync(db, found, most: null);
        return [.. all.Select(queue => new PlacedQueue(queue.Id, queue.Name, queue.Entries))];
    }

    /// <summary>The workers that take runs from queues, those that are gone too, by name.</summary>
    public static async Task<IReadOnlyList<Worker>> WorkersAsync(DbRead db)
    {
        var rows = await db.QueryAsync<WorkerRow>(
            $"SELECT {WorkerRow.Columns} FROM worker WHERE queues <> '' ORDER BY name"
        );
        return [.. rows.Select(row => row.ToWorker())];
    }

    /// <summary>Those of the runs that exist.</summary>
    public static async Task<IReadOnlyDictionary<RunId, PlacedRun>> StandingsAsync(DbRead db, IEnumerable<RunId> runs)
    {
        var rows = await SqlArguments.QueryAsync<StandingRow>(db, selectRuns, runs.Select(run => run.ToString()));
        return rows.DistinctBy(row => row.Id).ToDictionary(row => row.Id, row => row.ToRun());
    }

    /// <summary>The whole run, without parts; null when there is none.</summary>
    public static Task<Run?> FindRunAsync(DbRead db, RunId run) => RunReader.FindAsync(db, run, RunParts.None);

    /// <summary>Hands a run out: it waits no more. Null when it does not wait in this queue.</summary>
    public async Task<TakenRun?> TakeAsync(DbWrite db, QueueId queue, RunId run)
    {
        if (await QueueEntries.FindAsync(db, run) is not { } entry || entry.QueueId != queue)
        {
            return null;
        }

        await QueueEntries.RemoveAsync(db, entry, clock.GetUtcNow());
        return await TakenRuns.HandOutAsync(db, entry, clock.GetUtcNow(), system);
    }

    /// <summary>The run is first in its queue again, whatever it was meanwhile; its status says why.</summary>
    public async Task ReturnAsync(DbWrite db, QueueId queue, RunId run, string reason)
    {
        if (await RunRows.StatusAsync(db, run) is not { } status || await QueueRow.FindAsync(db, queue) is null)
        {
            return; // there is none any more
        }

        var now = clock.GetUtcNow();
        if (await QueueEntries.FindAsync(db, run) is null)
        {
            await QueueEntries.AddFirstAsync(db, run, queue, RunStatus.Created.ToText(), now);
        }

        var change = new StatusChange(RunStatus.Queued) { Reason = reason, Message = reason };
        await StatusChanges.WriteAsync(db, run, status, change, now, system);
    }

    /// <summary>A run begins: it waits no more, whatever status it has been put into its queue with.</summary>
    public async Task BeginAsync(DbWrite db, QueueId queue, RunId run, string reason)
    {
        if (!await WaitsAsync(db, queue, run))
        {
            await SetStatusAsync(db, run, RunStatus.InProgress, reason, RunStatus.Queued);
            return;
        }

        if (await QueueEntries.FindAsync(db, run) is { } entry)
        {
            await QueueEntries.RemoveAsync(db, entry, clock.GetUtcNow());
        }

        if (await RunRows.StatusAsync(db, run) is { } status and not RunStatus.InProgress)
        {
            var change = new StatusChange(RunStatus.InProgress) { Reason = reason, Message = reason };
            await StatusChanges.WriteAsync(db, run, status, change, clock.GetUtcNow(), system);
        }
    }

    /// <summary>Whether a run stands in this queue.</summary>
    public static async Task<bool> WaitsAsync(DbRead db, QueueId queue, RunId run) =>
        (await QueueEntries.FindAsync(db, run))?.QueueId == queue;

    /// <summary>Gives a run that somebody else made another status, if it has one of those.</summary>
    public async Task SetStatusAsync(DbWrite db, RunId run, RunStatus to, string reason, params RunStatus[] from)
    {
        if (await RunRows.StatusAsync(db, run) is { } status && from.Contains(status))
        {
            var change = new StatusChange(to) { Reason = reason, Message = reason };
            await StatusChanges.WriteAsync(db, run, status, change, clock.GetUtcNow(), system);
        }
    }

    /// <summary>Says on a run why it stands as it does.</summary>
    public static async Task SayAsync(DbWrite db, RunId run, string message)
    {
        await db.ExecuteAsync("UPDATE run SET status_message = @message WHERE id = @run", new { run, message });
        db.Announce(Topics.Run(run));
    }

    /// <summary>Says on a run why it waits, if it still does.</summary>
    public static async Task SayWaitAsync(DbWrite db, RunId run, string message)
    {
        await db.ExecuteAsync(
            "UPDATE run SET status_message = @message WHERE id = @run AND status = @queued",
            new
            {
                run,
                message,
                queued = RunStatus.Queued.ToText(),
            }
        );
        db.Announce(Topics.Run(run));
    }

    private sealed record StandingRow
    {
        public RunId Id { get; init; }
        public string Status { get; init; } = "";
        public string StatusMessage { get; init; } = "";
        public QueueId? QueueId { get; init; }
        public string? SystemLabels { get; init; }
        public string? Worker { get; init; }
        public long? Gpus { get; init; }

        public PlacedRun ToRun() =>
            new(Id, StatusText.Parse(Status))
            {
                Message = StatusMessage,
                Queue = QueueId,
                IsParked = SystemLabels is { } labels && Labels.Unpack(labels).Contains(parking),
                Worker = Worker,
                Gpus = (int)(Gpus ?? 0),
            };
    }
}
