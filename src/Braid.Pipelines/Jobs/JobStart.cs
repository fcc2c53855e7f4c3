using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Logs;
using Braid.Pipelines.Planning;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Starts a job whose inputs are finished: 1 what it takes over is planned, in a tree, and what it has to run, in rows; 2 the tree
/// is made durable; 3 in one transaction the job runs, with its tree and its rows, or finishes at once where it has none.
/// </summary>
internal sealed class JobStart(
    Database database,
    ContentStore content,
    Commits commits,
    Runs runs,
    RunLogs logs,
    JobPlanning planning,
    JobEnding ending,
    TimeProvider clock
)
{
    /// <summary>True when the job moved, or is worth another look.</summary>
    public async Task<bool> StartAsync(JobRow job, CancellationToken ct)
    {
        // What is taken over from an older job may be deleted meanwhile.
        using var hold = content.Hold();
        var spec = job.ReadSpec();
        var read = await database.ReadAsync(db => ReadInputsAsync(db, job, spec.Input.Leaves.Count()), ct);
        string[] failed = [.. read.OfType<Commit>().Where(input => input.HasFailed).Select(c => c.Name.Repo.Name)];
        if (failed is not [])
        {
            var end = JobEnd.Unrunnable(failed.Distinct(StringComparer.Ordinal));
            return await database.WriteAsync(db => ending.EndAsync(db, job, end), ct);
        }

        // 1
        var plan = await planning.PlanAsync(hold, job, spec, [.. read.Select(input => input?.Root)], ct);
        // 2
        if ((await hold.SealAsync(plan.Tree, ct)).Error is not null)
        {
            // It was deleted: the next look plans without it.
            return true;
        }

        // 3
        var started = await database.WriteAsync(db => RunAsync(db, job, plan, spec.JobTimeout), ct);
        return !started.TryGet(out var moved, out _) || moved;
    }

    /// <summary>The commit of each leaf; null where there is none (any more).</summary>
    private async Task<IReadOnlyList<Commit?>> ReadInputsAsync(DbRead db, JobRow job, int leaves)
    {
        var read = new Commit?[leaves];
        foreach (var input in await JobRows.InputsAsync(db, job.Id))
        {
            read[input.Leaf] = await commits.FindAsync(db, input.Commit);
        }

        return read;
    }

    private async Task<Result<bool>> RunAsync(DbWrite db, JobRow job, JobPlan plan, TimeSpan? limit)
    {
        var now = clock.GetUtcNow();
        var started = await db.ExecuteAsync(
            """
            UPDATE job SET state = @next, planned = TRUE, datums = @tree, has_rows = @hasRows, started_at = @now,
              deadline = @deadline, total = @total, skipped = @Skipped, remaining = @remaining
            WHERE id = @Id AND state = @State
            """,
            new
            {
                job.Id,
                job.State,
                next = (long)(plan.Rows.Count > 0 ? JobState.Running : JobState.Finishing),
                tree = plan.Tree.IsEmpty ? (Sha256Hash?)null : plan.Tree.Hash,
                hasRows = plan.Rows.Count > 0,
                now,
                deadline = now + limit,
                total = plan.Skipped + plan.Rows.Count,
                plan.Skipped,
                remaining = plan.Rows.Count,
            }
        );
        if (started == 0)
        {
            return false;
        }

        if (!await plan.Rows.FinishAsync(db))
        {
            return Errors.PlanOvertaken(job.Ref, job.SetId);
        }

        var total = plan.Skipped + plan.Rows.Count;
        await logs.AppendForJobAsync(db, job.RunId, JobDecisions.Planned(total, plan.Skipped));
        await runs.SetStatusForJobAsync(db, job.RunId, RunStatus.InProgress, "", "");
        db.Announce(Topics.Work);
        JobRows.Announce(db, job.SetId);
        return true;
    }
}
