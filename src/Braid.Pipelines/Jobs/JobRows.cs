using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Pipelines.Jobs;

/// <summary>Finding and removing jobs in a session.</summary>
internal static class JobRows
{
    /// <summary>
    /// To be planned, and no older job of its pipeline, from which it will take over, is at work; or done, or late. Jobs that wait
    /// for their inputs are not even looked at, however many they are.
    /// </summary>
    private const string movable = """
        (j.state BETWEEN @starting AND @finishing
         AND ((j.state = @starting AND NOT EXISTS (
             SELECT 1 FROM job b WHERE b.project = j.project AND b.pipeline = j.pipeline
               AND b.state BETWEEN @running AND @finishing AND b.id < j.id))
           OR (j.state = @running AND (j.remaining = 0 OR j.deadline <= @now))
           OR j.state = @finishing))
        """;

    public static Task<JobRow?> FindAsync(DbRead db, PipelineRef pipeline, CommitSetId set) =>
        db.FirstOrDefaultAsync<JobRow>(
            JobRow.Select + " WHERE j.project = @Project AND j.pipeline = @Name AND j.set_id = @set",
            new
            {
                pipeline.Project,
                pipeline.Name,
                set,
            }
        );

    public static Task<JobRow?> FindAsync(DbRead db, long id) =>
        db.FirstOrDefaultAsync<JobRow>(JobRow.Select + " WHERE j.id = @id", new { id });

    /// <summary>The job that was made last.</summary>
    public static Task<JobRow?> NewestAsync(DbRead db, PipelineRef pipeline) =>
        db.FirstOrDefaultAsync<JobRow>(
            JobRow.Select + " WHERE j.project = @Project AND j.pipeline = @Name ORDER BY j.id DESC LIMIT 1",
            new { pipeline.Project, pipeline.Name }
        );

    public static Task<JobRow?> FindByRunAsync(DbRead db, RunId run) =>
        db.FirstOrDefaultAsync<JobRow>(JobRow.Select + " WHERE j.run_id = @run", new { run });

    /// <summary>By commit set, or by the job's run.</summary>
    public static async Task<JobRow?> FindAsync(DbRead db, PipelineRef pipeline, string id)
    {
        if (!Hex32.TryParse(id, out var value))
        {
            return null;
        }

        if (await FindAsync(db, pipeline, new CommitSetId(value)) is { } row)
        {
            return row;
        }

        var byRun = await FindByRunAsync(db, new(value));
        return byRun?.Ref == pipeline ? byRun : null;
    }

    /// <summary>The jobs that a loop can bring on now, oldest first; then those that ended and have rows to fold.</summary>
    public static async Task<IReadOnlyList<(long Id, PipelineRef Pipeline)>> MovableAsync(DbRead db, DateTimeOffset now)
    {
        var rows = await db.QueryAsync<MovableJob>(
            $"SELECT j.id, j.project, j.pipeline FROM job j WHERE {movable} ORDER BY j.id",
            StatesAt(now, 0)
        );
        var folding = await db.QueryAsync<MovableJob>(
            "SELECT j.id, j.project, j.pipeline FROM job j WHERE j.has_rows AND j.state >= @success ORDER BY j.id",
            StatesAt(now, 0)
        );
        return [.. rows.Concat(folding).Select(row => (row.Id, new PipelineRef(row.Project, row.Pipeline)))];
    }

    /// <summary>The job, if it is among <see cref="MovableAsync"/>.</summary>
    public static Task<JobRow?> FindMovableAsync(DbRead db, long id, DateTimeOffset now) =>
        db.FirstOrDefaultAsync<JobRow>(
            $"""
            {JobRow.Select}
            WHERE j.id = @id AND ({movable} OR (j.has_rows AND j.state >= @success))
            """,
            StatesAt(now, id)
        );

    public static Task<IReadOnlyList<JobRow>> UnfinishedAsync(DbRead db) =>
        db.QueryAsync<JobRow>(
            JobRow.Select + " WHERE j.state < @success ORDER BY j.id",
            new { success = (long)JobState.Success }
        );

    public static Task<IReadOnlyList<JobRow>> UnfinishedAsync(DbRead db, PipelineRef pipeline) =>
        db.QueryAsync<JobRow>(
            JobRow.Select + " WHERE j.project = @Project AND j.pipeline = @Name AND j.state < @success ORDER BY j.id",
            new
            {
                pipeline.Project,
                pipeline.Name,
                success = (long)JobState.Success,
            }
        );

    /// <summary>The jobs of a set, in the order they were made: those upstream first.</summary>
    public static Task<IReadOnlyList<JobRow>> OfSetAsync(DbRead db, CommitSetId set) =>
        db.QueryAsync<JobRow>(JobRow.Select + " WHERE j.set_id = @set ORDER BY j.id", new { set });

    public static Task<IReadOnlyList<JobInputRow>> InputsAsync(DbRead db, long job) =>
        db.QueryAsync<JobInputRow>(
            "SELECT job_id, leaf, repo, commit_id FROM job_input WHERE job_id = @job ORDER BY leaf",
            new { job }
        );

    /// <summary>Notes that these commits will not change any more, or are gone: jobs that wait for no others are to be planned.</summary>
    public static async Task InputsEndedAsync(DbWrite db, IEnumerable<CommitName> commits)
    {
        foreach (var commit in commits)
        {
            var ended = new
            {
                commit.Id,
                repo = commit.Repo.ToString(),
                created = (long)JobState.Created,
                starting = (long)JobState.Starting,
            };
            var waited = await db.ExecuteAsync(
                "UPDATE job_input SET finished = TRUE WHERE commit_id = @Id AND repo = @repo AND NOT finished",
                ended
            );
            if (waited > 0)
            {
                await db.ExecuteAsync(
                    """
                    UPDATE job SET state = @starting
                    WHERE state = @created AND id IN (SELECT job_id FROM job_input WHERE commit_id = @Id AND repo = @repo)
                      AND NOT EXISTS (SELECT 1 FROM job_input i WHERE i.job_id = job.id AND NOT i.finished)
                    """,
                    ended
                );
                db.Announce(Topics.Moves);
            }
        }
    }

    /// <summary>Lets a running job go on to make its output; false when a datum of it remains, or failed, or it does not run.</summary>
    public static async Task<bool> FinishAsync(DbWrite db, JobRow job)
    {
        Announce(db, job.SetId);
        return await db.ExecuteAsync(
                """
                UPDATE job SET state = @finishing WHERE id = @Id AND state = @running AND remaining = 0 AND failed = 0
                """,
                new
                {
                    job.Id,
                    running = (long)JobState.Running,
                    finishing = (long)JobState.Finishing,
                }
            ) > 0;
    }

    public static async Task DeleteAsync(DbWrite db, JobRow job)
    {
        await db.ExecuteAsync("DELETE FROM datum WHERE job_id = @Id", job);
        await db.ExecuteAsync("DELETE FROM job_input WHERE job_id = @Id", job);
        await db.ExecuteAsync("DELETE FROM job WHERE id = @Id", job);
        Announce(db, job.SetId);
        db.Announce(Topics.Moves);
    }

    public static async Task DeleteAllAsync(DbWrite db, PipelineRef pipeline)
    {
        const string jobs = "(SELECT id FROM job WHERE project = @Project AND pipeline = @Name)";
        await db.ExecuteAsync($"DELETE FROM datum WHERE job_id IN {jobs}", pipeline);
        await db.ExecuteAsync($"DELETE FROM job_input WHERE job_id IN {jobs}", pipeline);
        await db.ExecuteAsync("DELETE FROM job WHERE project = @Project AND pipeline = @Name", pipeline);
        db.Announce(Topics.Jobs);
    }

    public static void Announce(DbWrite db, CommitSetId set)
    {
        db.Announce(Topics.Jobs);
        db.Announce(Topics.JobSet(set));
    }

    private static object StatesAt(DateTimeOffset now, long id) =>
        new
        {
            id,
            now,
            starting = (long)JobState.Starting,
            running = (long)JobState.Running,
            finishing = (long)JobState.Finishing,
            success = (long)JobState.Success,
        };

    private sealed record MovableJob
    {
        public long Id { get; init; }
        public string Project { get; init; } = "";
        public string Pipeline { get; init; } = "";
    }
}
