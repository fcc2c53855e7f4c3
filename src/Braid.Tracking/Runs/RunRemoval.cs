using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Tracking.Runs;

/// <summary>Taking back what a run, or one attempt at it, has written.</summary>
internal static class RunRemoval
{
    private const string clear = """
        UPDATE run SET
          status = 'created', status_reason = '', status_message = '', status_changed = @now, started = NULL,
          completed = NULL, published = NULL, last_iteration = 0, last_worker = '', last_worker_report = NULL,
          queue_id = NULL, runtime = NULL, last_update = @now, last_change = @now, last_changed_by = @by
        WHERE id = @id
        """;

    /// <summary>Back to how it was before it ran.</summary>
    public static async Task ResetAsync(DbWrite db, RunId id, StoredFiles files, DateTimeOffset now, string by)
    {
        if (files == StoredFiles.Go)
        {
            await FreedFiles.OfRunAsync(db, id);
        }

        await SeriesRows.DeleteAsync(db, id.ToString());
        await EventFileRows.ForgetAsync(db, id.ToString());
        await db.ExecuteAsync("DELETE FROM plot WHERE owner_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM log_block WHERE run_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM queue_entry WHERE run_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM run_artifact WHERE run_id = @id AND mode <> 'input'", new { id });
        await db.ExecuteAsync("DELETE FROM run_model WHERE run_id = @id AND kind = 'output'", new { id });
        await db.ExecuteAsync(
            clear,
            new
            {
                id,
                now,
                by,
            }
        );
        db.Announce(Topics.Run(id));
        db.Announce(Topics.Runs);
    }

    /// <summary>What one attempt wrote to the job's run and made beside it goes; its log lines stay, marked.</summary>
    public static async Task DiscardWriterAsync(DbWrite db, RunId id, string attempt)
    {
        var children = await db.QueryAsync<RunId>(
            "SELECT id FROM run WHERE parent_id = @id AND writer = @attempt AND owner = 'client'",
            new { id, attempt }
        );
        await SeriesRows.DiscardWriterAsync(db, id, attempt);
        await ModelRows.DiscardWriterAsync(db, attempt);
        await ArtifactRows.DiscardWriterAsync(db, attempt);
        foreach (var child in children)
        {
            await RunRows.DeleteAsync(db, child);
        }

        await DiscardOwnRowsAsync(db, id, attempt);
        db.Announce(Topics.Run(id));
        db.Announce(Topics.RunSeries(id));
    }

    private static async Task DiscardOwnRowsAsync(DbWrite db, RunId id, string attempt)
    {
        string[] statements =
        [
            "DELETE FROM plot WHERE owner_id = @id AND writer = @attempt",
            // Another attempt may log another value for a parameter that never changes.
            "DELETE FROM parameter WHERE owner_id = @id AND writer = @attempt",
            "DELETE FROM run_artifact WHERE run_id = @id AND writer = @attempt",
            "DELETE FROM run_model WHERE run_id = @id AND writer = @attempt",
            """
                DELETE FROM tag
                WHERE owner_id IN (SELECT i.id FROM run_dataset i WHERE i.run_id = @id AND i.writer = @attempt)
                """,
            "DELETE FROM run_dataset WHERE run_id = @id AND writer = @attempt",
            "DELETE FROM event_file WHERE run_id = @id AND writer = @attempt",
            "UPDATE log_block SET abandoned = TRUE WHERE run_id = @id AND writer = @attempt",
            """
                UPDATE run SET reported_status = NULL, reported_reason = '', last_iteration = COALESCE(
                  (SELECT MAX(s.last_step) FROM series s
                    WHERE s.owner_id = @id AND s.last_step >= 0 AND s.metric NOT LIKE ':monitor:%'), 0)
                WHERE id = @id
                """,
        ];
        foreach (var statement in statements)
        {
            await db.ExecuteAsync(statement, new { id, attempt });
        }
    }
}
