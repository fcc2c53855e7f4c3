using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Datasets;

namespace Braid.Tracking.Runs;

/// <summary>Moves runs from status to status.</summary>
internal static class StatusChanges
{
    private const string update = """
        UPDATE run SET
          status = @status, status_reason = @Reason, status_message = @Message, status_changed = @at,
          started = CASE WHEN @starts AND NOT (@KeepsStart AND started IS NOT NULL) THEN @at ELSE started END,
          completed = CASE WHEN @starts THEN NULL WHEN @ends THEN @at ELSE completed END,
          published = CASE WHEN @publishes THEN @at ELSE published END,
          last_update = @now, last_change = @now, last_changed_by = @by
        WHERE id = @id
        RETURNING CASE WHEN EXISTS (SELECT 1 FROM queue q WHERE q.id = run.queue_id AND q.placed) THEN 1 ELSE 0 END
        """;

    private const string report = """
        UPDATE run SET reported_status = @status, reported_reason = @Reason, last_update = @now WHERE id = @id
        """;

    public static async Task<Result<Unit>> ApplyAsync(
        DbWrite db,
        Caller caller,
        RunId id,
        StatusChange change,
        DateTimeOffset now
    )
    {
        var found = await RunHead.FindForChangeAsync(db, caller, id);
        if (!found.TryGet(out var head, out var error))
        {
            return error;
        }

        var from = StatusText.Parse(head.Status);
        // The program inside a job does not end the job's run, however it puts it.
        if (caller is Caller.Job && head.IsOfJob)
        {
            return await ReportAsync(db, id, change, now);
        }

        if (change.From?.Contains(from) == false || !(change.Force || StatusMachine.Allows(from, change.To)))
        {
            return Errors.StatusForbidden(id, from.ToText(), change.To.ToText());
        }

        await WriteAsync(db, id, from, change, now, caller.Name);
        if (change.CompletesDataset)
        {
            await DatasetVersionRow.NoteAsync(db, id, now);
        }

        return Unit.Value;
    }

    public static async Task WriteAsync(
        DbWrite db,
        RunId id,
        RunStatus from,
        StatusChange change,
        DateTimeOffset now,
        string by
    )
    {
        var placed = await db.FirstOrDefaultAsync<long>(
            update,
            new
            {
                id,
                status = change.To.ToText(),
                change.Reason,
                change.Message,
                starts = change.To == RunStatus.InProgress && from != RunStatus.InProgress,
                ends = StatusMachine.IsEnd(change.To) && !StatusMachine.IsEnd(from),
                publishes = change.To == RunStatus.Published,
                change.KeepsStart,
                at = (change.At ?? now).ToStored(),
                now = now.ToStored(),
                by,
            }
        );
        // Who leaves the status leaves the queue.
        if (from == RunStatus.Queued && change.To != RunStatus.Queued)
        {
            await db.ExecuteAsync("DELETE FROM queue_entry WHERE run_id = @id", new { id });
        }

        db.Announce(Topics.Run(id));
        db.Announce(Topics.Runs);
        if (placed > 0)
        {
            db.Announce(Topics.PlacedQueues);
        }
    }

    private static async Task<Result<Unit>> ReportAsync(DbWrite db, RunId id, StatusChange change, DateTimeOffset now)
    {
        await db.ExecuteAsync(
            report,
            new
            {
                id,
                status = change.To.ToText(),
                change.Reason,
                now,
            }
        );
        db.Announce(Topics.Run(id));
        return Unit.Value;
    }
}
