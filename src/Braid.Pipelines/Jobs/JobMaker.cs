using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Logs;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Makes a job for every output commit, in the transaction that makes the commit. One pipeline in the set: the job's run has
/// the set's id. Several: the set's run is the controller, and each job's run a child of it.
/// </summary>
internal sealed class JobMaker(
    Commits commits,
    Runs runs,
    Inputs inputs,
    RunLogs logs,
    JobEnding ending,
    TimeProvider clock
) : ICommitSetListener
{
    public async Task OnCommitsMadeAsync(DbWrite db, CommitSetId set, IReadOnlyList<Commit> made)
    {
        var steps = await StepsAsync(db, made);
        if (steps.Count == 0)
        {
            return;
        }

        // A set may gain commits later, when a branch is moved onto one of its commits.
        var earlier = await JobRows.OfSetAsync(db, set);
        var alone = steps.Count == 1 && earlier.Count == 0;
        if (!alone && earlier.Count == 0)
        {
            await MakeControllerAsync(db, set, steps);
        }

        RunId? parent = alone || earlier.Any(job => job.RunId == set.AsRun()) ? null : set.AsRun();
        foreach (var (pipeline, output) in steps)
        {
            var run = alone ? set.AsRun() : set.StepRun(pipeline.Project, pipeline.Name);
            await MakeAsync(db, pipeline, output, run, parent);
        }

        JobRows.Announce(db, set);
        db.Announce(Topics.Moves);
    }

    /// <summary>A job whose output is gone has nothing to write to, and nobody can ask for it any more.</summary>
    public async Task OnCommitsRemovedAsync(DbWrite db, IReadOnlyList<CommitName> removed)
    {
        await JobRows.InputsEndedAsync(db, removed);
        foreach (var commit in removed.Where(commit => commit.Repo.Type == RepoName.UserType))
        {
            if (await JobRows.FindAsync(db, new(commit.Repo.Project, commit.Repo.Name), commit.Id) is { } job)
            {
                await ending.EndAsync(db, job, JobEnd.Killed("output commit removed"));
                await JobRows.DeleteAsync(db, job);
            }
        }
    }

    /// <summary>Jobs that read them may begin.</summary>
    public Task OnCommitsFinishedAsync(DbWrite db, IReadOnlyList<CommitName> finished) =>
        JobRows.InputsEndedAsync(db, finished);

    /// <summary>A version of a pipeline is made by a commit of its spec, and cannot be shown without it.</summary>
    public async Task<Error?> MayRemoveCommitAsync(DbRead db, CommitName commit) =>
        commit.Repo.Type == PipelineRepos.SpecType
        && await db.ScalarAsync<long>(
            """
            SELECT count(*) FROM pipeline_version WHERE project = @Project AND name = @Name AND spec_commit = @Id
            """,
            new
            {
                commit.Repo.Project,
                commit.Repo.Name,
                commit.Id,
            }
        ) > 0
            ? Errors.SpecCommitInUse(commit)
            : null;

    public async Task<bool> FinishesOutputsOfAsync(DbRead db, RepoName repo) =>
        repo.Type is RepoName.UserType or "meta"
        && await PipelineRows.FindAsync(db, new(repo.Project, repo.Name)) is not null;

    public async Task<Error?> MayDeleteRepoAsync(DbRead db, RepoName repo) =>
        repo.Type is RepoName.UserType or "spec" or "meta"
        && await PipelineRows.FindAsync(db, new(repo.Project, repo.Name)) is not null
            ? Errors.RepoOfPipeline()
            : null;

    /// <summary>Which of the commits are outputs, and of which pipelines; those upstream first, as the commits come.</summary>
    private static async Task<List<(PipelineRow Pipeline, Commit Output)>> StepsAsync(
        DbWrite db,
        IReadOnlyList<Commit> made
    )
    {
        var steps = new List<(PipelineRow, Commit)>();
        foreach (var commit in made.Where(c => c.Origin == CommitOrigin.Auto && c.IsOutput && !c.IsFinished))
        {
            var repo = commit.Name.Repo;
            if (
                repo.Type == RepoName.UserType
                && await PipelineRows.FindAsync(db, new(repo.Project, repo.Name)) is { Stopped: false } pipeline
                && pipeline.ReadSpec().OutputBranch == commit.Branch.Name
            )
            {
                steps.Add((pipeline, commit));
            }
        }

        return steps;
    }

    private async Task MakeControllerAsync(
        DbWrite db,
        CommitSetId set,
        IReadOnlyList<(PipelineRow Pipeline, Commit Output)> steps
    )
    {
        var names = string.Join(", ", steps.Select(step => step.Pipeline.Name));
        await runs.CreateForJobAsync(
            db,
            new(set.AsRun(), null, steps[0].Pipeline.Project, names)
            {
                Type = "controller",
                Status = RunStatus.InProgress,
            }
        );
    }

    private async Task MakeAsync(DbWrite db, PipelineRow pipeline, Commit output, RunId run, RunId? parent)
    {
        var spec = pipeline.ReadSpec();
        var project = await runs.CreateForJobAsync(
            db,
            new(run, parent, pipeline.Project, pipeline.Name) { Parameters = Parameters(pipeline, spec) }
        );
        var reads = await ReadsAsync(db, spec, output);
        CommitName[] open = [.. reads.Where(read => read.IsOpen).Select(read => read.Commit)];
        var state = open is [] ? JobState.Starting : JobState.Created;
        var job = await InsertAsync(db, pipeline, output.Name.Id, run, project, state);
        foreach (var (index, leaf, read, isOpen) in reads)
        {
            await InsertInputAsync(db, job, index, read, !isOpen);
            await inputs.AddForJobAsync(db, new(run, leaf.Name, $"{read.Repo}", leaf.Branch, read.Id.ToString()));
        }

        await logs.AppendForJobAsync(db, run, JobDecisions.Made(pipeline.Version, reads.Select(read => read.Commit)));
        if (open is not [])
        {
            await logs.AppendForJobAsync(db, run, JobDecisions.WaitsFor(open));
        }
    }

    /// <summary>The commit that each leaf reads, where there is one, and whether it may still change.</summary>
    private async Task<List<(int Index, Input.Leaf Leaf, CommitName Commit, bool IsOpen)>> ReadsAsync(
        DbRead db,
        PipelineSpec spec,
        Commit output
    )
    {
        var reads = new List<(int, Input.Leaf, CommitName, bool)>();
        foreach (var (index, leaf) in spec.Input.Leaves.Index())
        {
            var repo = PipelineRepos.Of(leaf);
            // A branch whose moves make no commits here may still have no commit at all.
            if (output.DirectProvenance.FirstOrDefault(commit => commit.Repo == repo) is { Repo.Name: not null } read)
            {
                reads.Add((index, leaf, read, await commits.FindAsync(db, read) is { IsFinished: false }));
            }
        }

        return reads;
    }

    private static IReadOnlyList<RunParameter> Parameters(PipelineRow pipeline, PipelineSpec spec) =>
        [
            new("Pipeline", "version", $"{pipeline.Version}", "int"),
            new(
                "Pipeline",
                "image",
                spec.Transform.Image,
                "str",
                "recorded, not used: the job runs as processes of the server's machine"
            ),
        ];

    private Task<long> InsertAsync(
        DbWrite db,
        PipelineRow pipeline,
        CommitSetId set,
        RunId run,
        ProjectId project,
        JobState state
    ) =>
        db.ScalarAsync<long>(
            """
            INSERT INTO job (
              set_id, project, pipeline, version, run_id, run_project, state, reason, restarts, created_at,
              processed, skipped, failed, recovered, total,
              download_time, process_time, upload_time, download_bytes, upload_bytes)
            VALUES (@set, @Project, @Name, @Version, @run, @project_id, @state, '', 0, @now, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            RETURNING id
            """,
            new
            {
                set,
                pipeline.Project,
                pipeline.Name,
                pipeline.Version,
                run,
                project_id = project,
                state = (long)state,
                now = clock.GetUtcNow(),
            }
        );

    private static Task InsertInputAsync(DbWrite db, long job, int leaf, CommitName commit, bool finished) =>
        db.ExecuteAsync(
            "INSERT INTO job_input (job_id, leaf, repo, commit_id, finished) VALUES (@job, @leaf, @repo, @id, @finished)",
            new
            {
                job,
                leaf,
                repo = commit.Repo.ToString(),
                id = commit.Id,
                finished,
            }
        );
}
