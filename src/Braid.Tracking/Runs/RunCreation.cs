using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Tracking.Runs;

/// <summary>
/// Making a run: 1 a job's program that comes through a protocol for the first time in its attempt joins the job's run;
/// 2 anything else becomes a run of its own, under the job's run when a job's program makes it.
/// </summary>
internal sealed class RunCreation(TimeProvider clock, IdSource ids)
{
    public async Task<Result<Run>> CreateAsync(DbWrite db, Caller caller, NewRun run)
    {
        // 1
        if (run.JoinsJob && caller is Caller.Job job && await IsFirstAsync(db, job, run.Protocol))
        {
            return await JoinAsync(db, job, run);
        }

        // 2
        var project = (caller as Caller.Job)?.Project ?? run.Project ?? Projects.Projects.Default;
        var parent = run.Parent ?? (caller as Caller.Job)?.Run;
        if (await RefuseAsync(db, caller, project, parent) is { } refused)
        {
            return refused;
        }

        var id = new RunId(ids.Next());
        await RunRows.InsertAsync(
            db,
            new(
                id,
                project,
                run.Name,
                run.Type,
                run.Status,
                run.User ?? caller.Name,
                parent,
                RunOwner.Client,
                caller.Writer ?? "",
                run.Started
            ),
            clock.GetUtcNow()
        );
        return await FinishAsync(db, caller, id, run.With with { Project = null });
    }

    public async Task<ProjectId> CreateForJobAsync(DbWrite db, NewJobRun run)
    {
        var now = clock.GetUtcNow();
        var project = await ProjectRows.EnsureAsync(db, run.Project, "braid", now, ids);
        await RunRows.InsertAsync(
            db,
            new(run.Id, project, run.Name, run.Type, run.Status, "braid", run.Parent, RunOwner.Job, "", null),
            now
        );
        await Tags.SetAsync(db, run.Id.ToString(), run.Tags);
        await Parameters.EditAsync(db, run.Id.ToString(), new() { Set = run.Parameters }, writer: "");
        return project;
    }

    private static async Task<bool> IsFirstAsync(DbWrite db, Caller.Job job, string protocol) =>
        await db.ExecuteAsync(
            """
            INSERT INTO run_join (run_id, attempt, protocol) VALUES (@Run, @Attempt, @protocol)
            ON CONFLICT (run_id, attempt, protocol) DO NOTHING
            """,
            new
            {
                job.Run,
                job.Attempt,
                protocol,
            }
        ) == 1;

    /// <summary>The job's run keeps its name, project and parent; the rest of what the program brings is merged in.</summary>
    private async Task<Result<Run>> JoinAsync(DbWrite db, Caller.Job job, NewRun run)
    {
        var found = await RunHead.FindForChangeAsync(db, job, job.Run);
        return found.TryGet(out _, out var error)
            ? await FinishAsync(db, job, job.Run, run.With with { Name = null, Project = null, Parent = null })
            : error;
    }

    private static async Task<Error?> RefuseAsync(DbRead db, Caller caller, ProjectId project, RunId? parent)
    {
        if (await ProjectRows.FindAsync(db, project) is not { } row)
        {
            return Errors.NoSuchProject(project.ToString());
        }

        if (row.Trashed is not null)
        {
            return Errors.ProjectTrashed(row.Name);
        }

        return parent is { } id ? (await RunHead.FindAsync(db, caller, id)).Error : null;
    }

    private async Task<Result<Run>> FinishAsync(DbWrite db, Caller caller, RunId id, RunChange change) =>
        await RunChanges.ApplyAsync(db, caller, id, change, clock.GetUtcNow()) is { } refused
            ? refused
            : await RunReader.GetFoldedAsync(db, id, RunParts.All);
}
