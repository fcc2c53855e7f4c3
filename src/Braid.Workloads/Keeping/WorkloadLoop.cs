using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Keeping;

/// <summary>
/// Looks at workloads whose time has come: limits, back-offs, and what could not be brought to its end at once. When the clock was set
/// back, it looks at all that wait for a time, which would come too late. One that has ended is forgotten when its time has come, and
/// its run stays. One that cannot be looked at does not keep others waiting.
/// </summary>
/// <param name="failed">Told what looking at one threw.</param>
internal sealed class WorkloadLoop(Database database, WorkKeeper keeper, TimeProvider clock, Action<Exception> failed)
{
    private const int atOnce = 50;

    /// <summary>Steps of this size are a clock's own corrections.</summary>
    private static readonly TimeSpan smallest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan untilReleased = TimeSpan.FromSeconds(5);

    private readonly LeftOut leftOut = new(clock);
    private DateTimeOffset shown = clock.GetUtcNow();
    private long last = clock.GetTimestamp();

    /// <returns>True when there may be more of them.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (WasSetBack())
        {
            await database.WriteAsync(
                db =>
                    db.ExecuteAsync(
                        "UPDATE workload SET look_at = @now WHERE look_at > @now AND ended IS NULL",
                        new { now = clock.GetUtcNow() }
                    ),
                ct
            );
        }

        var due = await database.ReadAsync(
            db =>
                db.QueryAsync<RunId>(
                    "SELECT id FROM workload WHERE look_at <= @now ORDER BY look_at LIMIT @most",
                    new { now = clock.GetUtcNow(), most = atOnce + leftOut.Count }
                ),
            ct
        );
        var now = due.Where(id => !leftOut.Contains(id)).ToList();
        foreach (var id in now)
        {
            await leftOut.TryAsync(id, () => database.WriteAsync(db => LookAsync(db, id), ct), failed);
        }

        return now.Count >= atOnce;
    }

    private bool WasSetBack()
    {
        var (now, then) = (clock.GetUtcNow(), shown + clock.GetElapsedTime(last));
        (shown, last) = (now, clock.GetTimestamp());
        return now < then - smallest;
    }

    private async Task LookAsync(DbWrite db, RunId id)
    {
        switch (await WorkloadRow.FindAsync(db, id))
        {
            case { Ended: null } row:
                await keeper.KeepAsync(db, row);
                break;
            case { LookAt: not null } row when row.LookAt <= clock.GetUtcNow():
                await ForgetAsync(db, row);
                break;
        }
    }

    /// <summary>As soon as nothing of it is on a node any more.</summary>
    private async Task ForgetAsync(DbWrite db, WorkloadRow row)
    {
        if ((await ReplicaRow.OfAsync(db, row.Id)).Any(Releasing.IsHeld))
        {
            await WorkloadRow.UpdateAsync(db, row with { LookAt = clock.GetUtcNow() + untilReleased });
            return;
        }

        await WorkloadRow.DeleteAsync(db, row.Id);
    }
}
