using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Keeping;

/// <summary>Looks at workloads whose time has come: limits, back-offs, and what could not be brought to its end at once.</summary>
internal sealed class WorkloadLoop(Database database, WorkKeeper keeper, TimeProvider clock)
{
    private const int atOnce = 50;

    /// <returns>True when there may be more of them.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var due = await database.ReadAsync(
            db =>
                db.QueryAsync<RunId>(
                    "SELECT id FROM workload WHERE look_at <= @now AND ended IS NULL ORDER BY look_at LIMIT @atOnce",
                    new { now = clock.GetUtcNow(), atOnce }
                ),
            ct
        );
        foreach (var id in due)
        {
            await database.WriteAsync(db => LookAsync(db, id), ct);
        }

        return due.Count == atOnce;
    }

    private async Task LookAsync(DbWrite db, RunId id)
    {
        if (await WorkloadRow.FindAsync(db, id) is { Ended: null } row)
        {
            await keeper.KeepAsync(db, row);
        }
    }
}
