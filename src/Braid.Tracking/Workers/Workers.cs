using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Workers;

/// <summary>Knows the workers that report, and what they run. What their machines were doing, <see cref="WorkerHistory"/> tells.</summary>
public sealed class Workers(Database database, TimeProvider clock)
{
    private const string upsert = """
        INSERT INTO worker
          (name, user_name, address, registered, timeout, last_activity, last_report, queues, queue_id, run_id, labels,
           system_labels, gpus)
        VALUES
          (@Name, @user, @Address, @now, @timeout, @now, @now, @queues, NULL, NULL, @labels, @systemLabels, @gpus)
        ON CONFLICT (name) DO UPDATE SET
          user_name = excluded.user_name, address = excluded.address, registered = excluded.registered,
          timeout = excluded.timeout, last_activity = excluded.last_activity, last_report = excluded.last_report,
          queues = excluded.queues, queue_id = NULL, run_id = NULL, labels = excluded.labels,
          system_labels = excluded.system_labels,
          gpus = CASE WHEN excluded.gpus > 0 THEN excluded.gpus ELSE worker.gpus END
        """;

    private const string report = """
        UPDATE worker SET
          address = @Address, last_report = @now, last_activity = CASE WHEN @isActive THEN @now ELSE last_activity END,
          queues = COALESCE(@queues, queues), queue_id = @queue, run_id = @run,
          labels = COALESCE(@labels, labels), system_labels = COALESCE(@systemLabels, system_labels),
          gpus = CASE WHEN @gpus > 0 THEN @gpus ELSE gpus END
        WHERE name = @Name
        """;

    /// <summary>A worker comes, or comes again.</summary>
    public Task<Result<Unit>> RegisterAsync(Caller caller, NewWorker worker, CancellationToken ct) =>
        WriteAsync<Unit>(
            caller,
            async db =>
            {
                foreach (var queue in worker.Queues)
                {
                    if (await Queues.QueueRow.FindAsync(db, queue) is null)
                    {
                        return Errors.NoSuchQueue(queue.ToString());
                    }
                }

                await ForgetGoneAsync(db);
                await RegisterAsync(db, caller, worker);
                return Unit.Value;
            },
            ct
        );

    /// <summary>A worker says what it does; one that never came has come now.</summary>
    public Task<Result<Unit>> ReportAsync(Caller caller, WorkerReport said, CancellationToken ct) =>
        WriteAsync<Unit>(
            caller,
            async db =>
            {
                if (await WorkerRow.FindAsync(db, said.Name) is null)
                {
                    await RegisterAsync(db, caller, new(said.Name) { Address = said.Address });
                }

                var now = clock.GetUtcNow();
                await db.ExecuteAsync(
                    report,
                    new
                    {
                        said.Name,
                        said.Address,
                        isActive = said.Run is not null,
                        queues = said.Queues is null ? null : Pack(said.Queues),
                        queue = said.Queue?.ToString(),
                        run = said.Run?.ToString(),
                        labels = said.Labels is null ? null : Labels.Pack(said.Labels),
                        systemLabels = said.SystemLabels is null ? null : Labels.Pack(said.SystemLabels),
                        gpus = (long)(WorkerGpus.OfName(said.Name) ?? WorkerGpus.OfSamples(said.Samples)),
                        now,
                    }
                );
                await WorkerHistory.AddAsync(db, said, now);
                await ShowOnRunAsync(db, said, now);
                db.Announce(Topics.Workers);
                return Unit.Value;
            },
            ct
        );

    /// <summary>A worker goes. Going again changes nothing.</summary>
    public Task<Result<Unit>> UnregisterAsync(Caller caller, string name, CancellationToken ct) =>
        WriteAsync<Unit>(
            caller,
            async db =>
            {
                await db.ExecuteAsync("DELETE FROM worker WHERE name = @name", new { name });
                db.Announce(Topics.Workers);
                return Unit.Value;
            },
            ct
        );

    /// <summary>The workers that reported not longer than <paramref name="within"/> ago and count as there, by name.</summary>
    public Task<Result<IReadOnlyList<Worker>>> ListAsync(Caller caller, TimeSpan within, CancellationToken ct) =>
        caller.MayUseQueues() is { } refused
            ? Task.FromResult<Result<IReadOnlyList<Worker>>>(refused)
            : database.ReadAsync<Result<IReadOnlyList<Worker>>>(
                async db =>
                {
                    var now = clock.GetUtcNow();
                    var rows = await db.QueryAsync<WorkerRow>(
                        $"""
                        SELECT {WorkerRow.Columns} FROM worker
                        WHERE last_report >= @since AND last_report + timeout >= @now ORDER BY name
                        """,
                        new { since = (now - within).ToStored(), now = now.ToStored() }
                    );
                    return rows.Select(row => row.ToWorker()).ToArray();
                },
                ct
            );

    private async Task RegisterAsync(DbWrite db, Caller caller, NewWorker worker)
    {
        await db.ExecuteAsync(
            upsert,
            new
            {
                worker.Name,
                worker.Address,
                user = caller.Name,
                timeout = (long)worker.Timeout.TotalMicroseconds,
                queues = Pack(worker.Queues),
                labels = Labels.Pack(worker.Labels),
                systemLabels = Labels.Pack(worker.SystemLabels),
                gpus = (long)(WorkerGpus.OfName(worker.Name) ?? 0),
                now = clock.GetUtcNow(),
            }
        );
        db.Announce(Topics.Workers);
    }

    private Task ForgetGoneAsync(DbWrite db) =>
        db.ExecuteAsync("DELETE FROM worker WHERE last_report + timeout < @now", new { now = clock.GetUtcNow() });

    private static Task ShowOnRunAsync(DbWrite db, WorkerReport said, DateTimeOffset now)
    {
        if (said.Run is not { } run)
        {
            return Task.CompletedTask;
        }

        db.Announce(Topics.Run(run));
        return db.ExecuteAsync(
            "UPDATE run SET last_worker = @Name, last_worker_report = @now, last_update = @now WHERE id = @run",
            new
            {
                said.Name,
                run,
                now,
            }
        );
    }

    private static string Pack(IReadOnlyList<QueueId> queues) => Labels.Pack(queues.Select(queue => queue.ToString()));

    private Task<Result<T>> WriteAsync<T>(Caller caller, Func<DbWrite, Task<Result<T>>> write, CancellationToken ct) =>
        caller.MayUseQueues() is { } refused ? Task.FromResult<Result<T>>(refused) : database.WriteAsync(write, ct);
}
