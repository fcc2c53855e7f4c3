using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Pipelines.Programs;

/// <summary>Finding and changing programs in a session.</summary>
internal static class ProgramRows
{
    public static Task<ProgramRow?> FindAsync(DbRead db, PipelineRef pipeline, long version) =>
        db.FirstOrDefaultAsync<ProgramRow>(
            ProgramRow.Select + " WHERE project = @Project AND pipeline = @Name AND version = @version",
            new
            {
                pipeline.Project,
                pipeline.Name,
                version,
            }
        );

    /// <summary>Those of every version, oldest first.</summary>
    public static Task<IReadOnlyList<ProgramRow>> OfPipelineAsync(DbRead db, PipelineRef pipeline) =>
        db.QueryAsync<ProgramRow>(
            ProgramRow.Select + " WHERE project = @Project AND pipeline = @Name ORDER BY version",
            pipeline
        );

    /// <summary>Those of spouts of a project, or of one of its pipelines; nulls: all.</summary>
    public static Task<IReadOnlyList<ProgramRow>> OfAsync(DbRead db, string? project, string? pipeline) =>
        db.QueryAsync<ProgramRow>(
            ProgramRow.Select
                + """
                 WHERE set_id IS NULL AND (CAST(@project AS TEXT) IS NULL OR project = @project)
                   AND (CAST(@pipeline AS TEXT) IS NULL OR pipeline = @pipeline)
                ORDER BY project, pipeline, version
                """,
            new { project, pipeline }
        );

    /// <summary>Those that some server runs, or ran when it died.</summary>
    public static Task<IReadOnlyList<ProgramRow>> RunningAsync(DbRead db) =>
        db.QueryAsync<ProgramRow>(ProgramRow.Select + " WHERE attempt IS NOT NULL");

    /// <summary>Makes one, or gives it another job.</summary>
    public static Task WriteAsync(DbWrite db, ProgramRow row) =>
        db.ExecuteAsync(
            """
            INSERT INTO program (
              project, pipeline, version, run_id, run_project, starts, failures, set_id, next_start_at, reason)
            VALUES (@Project, @Pipeline, @Version, @RunId, @RunProject, 0, 0, @SetId, @NextStartAt, '')
            ON CONFLICT (project, pipeline, version) DO UPDATE SET
              run_id = excluded.run_id, run_project = excluded.run_project, set_id = excluded.set_id, failures = 0,
              next_start_at = excluded.next_start_at, reason = ''
            """,
            row
        );

    /// <summary>Notes that an attempt begins; false when another one has.</summary>
    public static async Task<bool> BeginAsync(
        DbWrite db,
        ProgramRow row,
        string attempt,
        string epoch,
        DateTimeOffset now
    )
    {
        var begun = await db.ExecuteAsync(
            """
            UPDATE program SET attempt = @attempt, epoch = @epoch, started_at = @now, starts = starts + 1
            WHERE project = @Project AND pipeline = @Pipeline AND version = @Version AND attempt IS NULL
            """,
            new
            {
                row.Project,
                row.Pipeline,
                row.Version,
                attempt,
                epoch,
                now,
            }
        );
        db.Announce(Topics.Pipelines);
        return begun > 0;
    }

    /// <summary>Notes that an attempt has ended; false when it had before.</summary>
    public static async Task<bool> EndAsync(
        DbWrite db,
        ProgramRow row,
        string attempt,
        long failures,
        DateTimeOffset next,
        string reason
    )
    {
        var ended = await db.ExecuteAsync(
            """
            UPDATE program SET attempt = NULL, epoch = NULL, failures = @failures, next_start_at = @next, reason = @reason
            WHERE project = @Project AND pipeline = @Pipeline AND version = @Version AND attempt = @attempt
            """,
            new
            {
                row.Project,
                row.Pipeline,
                row.Version,
                attempt,
                failures,
                next,
                reason,
            }
        );
        db.Announce(Topics.Programs);
        db.Announce(Topics.Pipelines);
        return ended > 0;
    }

    /// <summary>Takes those that have run since before a time for healthy.</summary>
    public static Task RecoverAsync(DbWrite db, DateTimeOffset before)
    {
        db.Announce(Topics.Pipelines);
        return db.ExecuteAsync(
            """
            UPDATE program SET failures = 0, reason = ''
            WHERE failures > 0 AND attempt IS NOT NULL AND started_at < @before
            """,
            new { before }
        );
    }

    public static Task DeleteAsync(DbWrite db, PipelineRef pipeline) =>
        db.ExecuteAsync("DELETE FROM program WHERE project = @Project AND pipeline = @Name", pipeline);
}
