using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Runs;

/// <summary>Making and removing run rows inside somebody's transaction.</summary>
internal static class RunRows
{
    private const string insert = """
        INSERT INTO run
          (id, project_id, name, type, status, status_reason, status_message, status_changed, reported_reason, comment,
           user_name, parent_id, owner, writer, created, started, completed, last_update, last_change, last_changed_by,
           last_iteration, last_worker, trashed_with_project, labels, system_labels,
           series_epoch)
        VALUES
          (@Id, @Project, @Name, @Type, @status, '', '', @now, '', '',
           @User, @Parent, @owner, @Writer, @now, @Started, @completed, @now, @now, @User,
           0, '', FALSE, '', '',
           @now)
        """;

    /// <summary>The tables that hold parts of a run, and the column that names it.</summary>
    private static readonly (string Table, string Column)[] parts =
    [
        ("tag", "owner_id"),
        ("parameter", "owner_id"),
        ("run_artifact", "run_id"),
        ("run_model", "run_id"),
        ("run_join", "run_id"),
        ("run_input", "run_id"),
        ("plot", "owner_id"),
        ("log_block", "run_id"),
        ("queue_entry", "run_id"),
        ("dataset_version", "run_id"),
        ("event_file", "run_id"),
        ("event_tag", "run_id"),
    ];

    public sealed record Insert(
        RunId Id,
        ProjectId Project,
        string Name,
        string Type,
        RunStatus Status,
        string User,
        RunId? Parent,
        RunOwner Owner,
        string Writer,
        DateTimeOffset? Started
    );

    public static Task InsertAsync(DbWrite db, Insert run, DateTimeOffset now)
    {
        db.Announce(Topics.Run(run.Id));
        db.Announce(Topics.Runs);
        return db.ExecuteAsync(
            insert,
            new
            {
                run.Id,
                run.Project,
                run.Name,
                run.Type,
                status = run.Status.ToText(),
                run.User,
                Parent = run.Parent?.ToString(),
                owner = RunRow.OwnerText(run.Owner),
                run.Writer,
                Started = (run.Started ?? (run.Status == RunStatus.InProgress ? now : null))?.ToStored(),
                completed = StatusMachine.IsEnd(run.Status) ? now.ToStored() : (long?)null,
                now,
            }
        );
    }

    /// <summary>Removes the run with everything that only it has; its models and stored files stay.</summary>
    public static async Task DeleteAsync(DbWrite db, RunId id)
    {
        await db.ExecuteAsync(
            "DELETE FROM tag WHERE owner_id IN (SELECT i.id FROM run_dataset i WHERE i.run_id = @id)",
            new { id }
        );
        await db.ExecuteAsync("DELETE FROM run_dataset WHERE run_id = @id", new { id });
        await Series.SeriesRows.DeleteAsync(db, id.ToString());
        foreach (var (table, column) in parts)
        {
            await db.ExecuteAsync($"DELETE FROM {table} WHERE {column} = @id", new { id });
        }

        await db.ExecuteAsync("UPDATE run SET parent_id = NULL WHERE parent_id = @id", new { id });
        await db.ExecuteAsync("UPDATE model SET run_id = NULL WHERE run_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM run WHERE id = @id", new { id });
        db.Announce(Topics.Run(id));
        db.Announce(Topics.Runs);
    }

    /// <summary>Null when there is no such run.</summary>
    public static async Task<RunStatus?> StatusAsync(DbRead db, RunId id) =>
        await db.FirstOrDefaultAsync<string>("SELECT status FROM run WHERE id = @id", new { id }) is { } status
            ? StatusText.Parse(status)
            : null;

    /// <summary>A sign of life, and the highest iteration that an event was of.</summary>
    public static Task TouchAsync(DbWrite db, RunId id, DateTimeOffset now, long iteration = long.MinValue) =>
        db.ExecuteAsync(
            """
            UPDATE run SET last_update = CASE WHEN last_update < @now THEN @now ELSE last_update END,
              last_iteration = CASE WHEN last_iteration < @iteration THEN @iteration ELSE last_iteration END
            WHERE id = @id
            """,
            new
            {
                id,
                now,
                iteration,
            }
        );
}
