using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Pipelines.Jobs;

/// <summary>Finding and removing jobs in a session.</summary>
internal static class JobRows
{
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

    public static async Task DeleteAsync(DbWrite db, JobRow job)
    {
        await db.ExecuteAsync("DELETE FROM datum WHERE job_id = @Id", job);
        await db.ExecuteAsync("DELETE FROM job_input WHERE job_id = @Id", job);
        await db.ExecuteAsync("DELETE FROM job WHERE id = @Id", job);
        Announce(db, job.SetId);
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
}
