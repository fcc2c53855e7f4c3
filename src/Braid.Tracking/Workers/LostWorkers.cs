using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Workers;

/// <summary>
/// Notices workers that are gone with a run: neither they nor the run's program reported, and nobody asks how the run is any
/// more. The run fails, saying why; or it is first in its queue again, where the queue has the label <see cref="RequeueLabel"/>.
/// A loop calls <see cref="StepAsync"/>.
/// </summary>
public sealed class LostWorkers(Database database, SignsOfLife signs, TimeProvider clock)
{
    /// <summary>A queue with this label takes back the runs of lost workers, so often that a run which ruins its worker ends.</summary>
    public const string RequeueLabel = "requeue-lost";

    private const long mostLosses = 3;
    private const string system = "braid";

    /// <summary>For who asked every few seconds.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <summary>For who was never heard to ask: workers report every half a minute.</summary>
    private static readonly TimeSpan patienceWithoutQuestions = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan memory = TimeSpan.FromHours(1);

    private const string busy = """
        SELECT w.name, w.run_id, w.last_report, r.last_update, r.queue_id, r.lost
        FROM worker w JOIN run r ON r.id = w.run_id WHERE r.status = 'in_progress' AND r.owner = 'client'
        """;

    private readonly DateTimeOffset start = clock.GetUtcNow();

    /// <returns>False: what is noticed next takes time to come.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        signs.Forget(now - memory);
        var silent = await database.ReadAsync(db => SilentAsync(db, now - patience), ct);
        foreach (var worker in silent.Where(worker => IsLost(worker, now)))
        {
            await database.WriteAsync(db => GiveUpAsync(db, worker), ct);
        }

        return false;
    }

    private static Task<IReadOnlyList<SilentWorker>> SilentAsync(DbRead db, DateTimeOffset since) =>
        db.QueryAsync<SilentWorker>($"{busy} AND w.last_report < @since AND r.last_update < @since", new { since });

    private bool IsLost(SilentWorker worker, DateTimeOffset now)
    {
        var asked = signs.Last(worker.RunId);
        var heard = new[] { worker.LastReport, worker.LastUpdate, asked ?? start, start }.Max();
        return now - heard > (asked is null ? patienceWithoutQuestions : patience);
    }

    private async Task GiveUpAsync(DbWrite db, SilentWorker lost)
    {
        if (await db.FirstOrDefaultAsync<SilentWorker>($"{busy} AND w.name = @Name", lost) != lost)
        {
            return; // it reported after all
        }

        var now = clock.GetUtcNow();
        var silence = (long)(now - new[] { lost.LastReport, lost.LastUpdate }.Max()).TotalSeconds;
        var change = new StatusChange(RunStatus.Failed)
        {
            Reason = $"worker {lost.Name} is lost",
            Message = $"worker {lost.Name} has not reported for {silence} s",
        };
        if (lost.QueueId is { } queue && lost.Lost < mostLosses && await TakesBackAsync(db, queue))
        {
            change = change with { To = RunStatus.Queued };
            await QueueEntries.AddFirstAsync(db, lost.RunId, queue, RunStatus.Created.ToText(), now);
        }

        await StatusChanges.WriteAsync(db, lost.RunId, RunStatus.InProgress, change, now, system);
        await db.ExecuteAsync("UPDATE run SET lost = lost + 1 WHERE id = @RunId", lost);
        await db.ExecuteAsync("UPDATE worker SET run_id = NULL, queue_id = NULL WHERE name = @Name", lost);
        db.Announce(Topics.Workers);
    }

    private static async Task<bool> TakesBackAsync(DbRead db, QueueId queue) =>
        await QueueRow.FindAsync(db, queue) is { } row && Labels.Unpack(row.Labels).Contains(RequeueLabel);

    private sealed record SilentWorker
    {
        public string Name { get; init; } = "";
        public RunId RunId { get; init; }
        public DateTimeOffset LastReport { get; init; }
        public DateTimeOffset LastUpdate { get; init; }
        public QueueId? QueueId { get; init; }
        public long Lost { get; init; }
    }
}
