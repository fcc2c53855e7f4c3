using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Queues;

/// <summary>Makes, finds, changes and removes queues. <see cref="WaitingRuns"/> is what waits in them.</summary>
public sealed class Queues(Database database, TimeProvider clock, IdSource ids)
{
    /// <summary>The system label of the queue that is meant when none is named.</summary>
    public const string DefaultLabel = "default";

    private const string insert = """
        INSERT INTO queue (id, name, display_name, user_name, created, last_update, labels, system_labels, metadata)
        VALUES (@id, @Name, @DisplayName, @user, @now, @now, @labels, @systemLabels, @Metadata)
        """;

    private const string update = """
        UPDATE queue SET
          name = COALESCE(@Name, name), display_name = COALESCE(@DisplayName, display_name),
          labels = COALESCE(@labels, labels), system_labels = COALESCE(@systemLabels, system_labels),
          metadata = COALESCE(@Metadata, metadata), last_update = @now
        WHERE id = @id
        """;

    /// <returns>The queue; <c>tracking.queue-exists</c> when the name is taken.</returns>
    public Task<Result<Queue>> CreateAsync(Caller caller, NewQueue queue, CancellationToken ct) =>
        WriteAsync(
            caller,
            new("queue.create", queue.Name),
            async db =>
            {
                if (await CheckNameAsync(db, queue.Name) is { } refused)
                {
                    return refused;
                }

                return await ReadAsync(db, await InsertAsync(db, caller, queue, clock.GetUtcNow(), ids), 0);
            },
            ct
        );

    public Task<Result<Queue>> GetAsync(Caller caller, QueueId id, int? mostEntries, CancellationToken ct) =>
        AskAsync(caller, db => ReadAsync(db, id, mostEntries), ct);

    /// <summary>The queue with the label <see cref="DefaultLabel"/>; an error when there is none, or more than one.</summary>
    public Task<Result<Queue>> GetDefaultAsync(Caller caller, CancellationToken ct) =>
        AskAsync(caller, async db => (await FindDefaultAsync(db)).Select(row => row.ToQueue([])), ct);

    /// <summary>Makes the queue <c>default</c> when there is no default queue, and none of that name; called at every start.</summary>
    public Task EnsureDefaultAsync(CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                if (!(await FindDefaultAsync(db)).IsOk && await CheckNameAsync(db, DefaultLabel) is null)
                {
                    var queue = new NewQueue(DefaultLabel) { SystemLabels = [DefaultLabel] };
                    await InsertAsync(db, new Caller.Internal("queues"), queue, clock.GetUtcNow(), ids);
                }
            },
            ct
        );

    /// <summary>The queue of a name, made when there is none, in somebody's transaction.</summary>
    public async Task<QueueId> EnsureAsync(DbWrite db, Caller caller, string name) =>
        (await QueueRow.FindAsync(db, name))?.Id ?? await InsertAsync(db, caller, new(name), clock.GetUtcNow(), ids);

    public Task<Result<Page<Queue>>> ListAsync(Caller caller, QueueQuery query, CancellationToken ct)
    {
        var sql = new FilterSql();
        return sql.Where(query.Where).TryGet(out var condition, out var bad)
            ? AskAsync<Page<Queue>>(caller, async db => await ListAsync(db, query, sql, condition), ct)
            : Task.FromResult<Result<Page<Queue>>>(bad);
    }

    public Task<Result<Queue>> UpdateAsync(Caller caller, QueueId id, QueueChange change, CancellationToken ct) =>
        ChangeAsync(caller, id, _ => change, ct);

    /// <summary>Reads the queue, decides, changes: as one. <paramref name="decide"/> may run more than once.</summary>
    public Task<Result<Queue>> ChangeAsync(
        Caller caller,
        QueueId id,
        Func<Queue, QueueChange> decide,
        CancellationToken ct
    ) =>
        WriteAsync(
            caller,
            new("queue.change", $"{id}"),
            async db =>
            {
                if (await QueueRow.FindAsync(db, id) is not { } row)
                {
                    return Errors.NoSuchQueue(id.ToString());
                }

                var change = decide(row.ToQueue([]));
                if (change.Name is { } name && name != row.Name && await CheckNameAsync(db, name) is { } refused)
                {
                    return refused;
                }

                await UpdateAsync(db, id, change);
                return await ReadAsync(db, id, 0);
            },
            ct
        );

    /// <summary>
    /// Removes a queue; <c>tracking.queue-not-empty</c> when runs wait in it, unless forced: then they are again what they
    /// were before they were queued.
    /// </summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, QueueId id, bool force, CancellationToken ct) =>
        WriteAsync(
            caller,
            new("queue.delete", $"{id}"),
            async db =>
            {
                if (await QueueRow.FindAsync(db, id) is not { } row)
                {
                    return Errors.NoSuchQueue(id.ToString());
                }

                var waiting = await QueueEntries.ListAsync(db, id);
                if (waiting.Count > 0 && !force)
                {
                    return Errors.QueueNotEmpty(row.Name, waiting.Count);
                }

                foreach (var entry in waiting)
                {
                    await QueueEntries.SendBackAsync(db, caller, entry, clock.GetUtcNow());
                }

                await db.ExecuteAsync("DELETE FROM queue WHERE id = @id", new { id });
                db.Announce(Topics.Queue(id));
                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    internal static async Task<Result<QueueRow>> FindDefaultAsync(DbRead db)
    {
        var found = await db.QueryAsync<QueueRow>(
            $"SELECT {QueueRow.Columns} FROM queue e WHERE REPLACE(e.system_labels, @needle, '') <> e.system_labels ORDER BY e.id",
            new { needle = Labels.Needle(DefaultLabel) }
        );
        return found switch
        {
            [var one] => one,
            [] => Errors.NoDefaultQueue(),
            _ => Errors.SeveralDefaultQueues([.. found.Select(queue => queue.Name)]),
        };
    }

    internal static async Task<QueueId> InsertAsync(
        DbWrite db,
        Caller caller,
        NewQueue queue,
        DateTimeOffset now,
        IdSource ids
    )
    {
        var id = new QueueId(ids.Next());
        await db.ExecuteAsync(
            insert,
            new
            {
                id,
                queue.Name,
                queue.DisplayName,
                user = caller.Name,
                labels = Labels.Pack(queue.Labels),
                systemLabels = Labels.Pack(queue.SystemLabels),
                queue.Metadata,
                now,
            }
        );
        db.Announce(Topics.Queue(id));
        return id;
    }

    private static async Task<Error?> CheckNameAsync(DbRead db, string name) =>
        string.IsNullOrWhiteSpace(name) ? Errors.BadQueueName(name)
        : await QueueRow.FindAsync(db, name) is not null ? Errors.QueueExists(name)
        : null;

    private async Task UpdateAsync(DbWrite db, QueueId id, QueueChange change)
    {
        await db.ExecuteAsync(
            update,
            new
            {
                id,
                change.Name,
                change.DisplayName,
                labels = change.Labels is null ? null : Labels.Pack(change.Labels),
                systemLabels = change.SystemLabels is null ? null : Labels.Pack(change.SystemLabels),
                change.Metadata,
                now = clock.GetUtcNow(),
            }
        );
        db.Announce(Topics.Queue(id));
    }

    private static async Task<Page<Queue>> ListAsync(DbRead db, QueueQuery query, FilterSql sql, string condition)
    {
        var rows = await db.QueryAsync<QueueRow>(
            $"SELECT {QueueRow.Columns} FROM queue e WHERE {condition}{sql.AndIn("e.id", query.Ids)} "
                + $"{sql.OrderBy(query.OrderBy, "e.created, e.id")} {sql.Paging(query.Offset, query.Limit)}",
            sql.Arguments
        );
        var page = rows.ToPage(query.Limit);
        return new(await QueueEntries.WithAsync(db, page.Items, query.MostEntries), page.More);
    }

    private static async Task<Result<Queue>> ReadAsync(DbRead db, QueueId id, int? mostEntries) =>
        await QueueRow.FindAsync(db, id) is { } row
            ? (await QueueEntries.WithAsync(db, [row], mostEntries))[0]
            : Errors.NoSuchQueue(id.ToString());

    private Task<Result<T>> AskAsync<T>(Caller caller, Func<DbRead, Task<Result<T>>> read, CancellationToken ct) =>
        caller.MayUseQueues() is { } refused ? Task.FromResult<Result<T>>(refused) : database.ReadAsync(read, ct);

    private Task<Result<T>> WriteAsync<T>(
        Caller caller,
        AuditedAct act,
        Func<DbWrite, Task<Result<T>>> write,
        CancellationToken ct
    ) => database.WriteAsync(caller, act, caller.MayUseQueues(), write, ct);
}
