using System.Runtime.CompilerServices;
using Braid.Data.History;
using Braid.Data.Integrity;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Integrity;

/// <summary>
/// Finds what should not be between commits and jobs: open output commits that nothing will finish, jobs without a commit,
/// and zombies: output files that no datum of the job wrote.
/// </summary>
public sealed class PipelineIntegrity
{
    private readonly Database database;
    private readonly ContentStore content;
    private readonly Commits commits;

    internal PipelineIntegrity(Database database, ContentStore content, Commits commits)
    {
        this.database = database;
        this.content = content;
        this.commits = commits;
    }

    /// <summary>Jobs against commits.</summary>
    public async IAsyncEnumerable<IntegrityProblem> CheckAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var problem in await database.ReadAsync(CheckAsync, ct))
        {
            yield return problem;
        }
    }

    /// <summary>Output files against the datums that wrote them.</summary>
    /// <param name="only">The output commit to look at; null for all.</param>
    public async IAsyncEnumerable<IntegrityProblem> FindZombiesAsync(
        CommitName? only,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var after = 0L; ; )
        {
            var last = after;
            var job = await database.ReadAsync(db => NextAsync(db, only, last), ct);
            if (job is null)
            {
                yield break;
            }

            after = job.Id;
            await foreach (var problem in ZombiesAsync(job, ct))
            {
                yield return problem;
            }
        }
    }

    private static Task<JobRow?> NextAsync(DbRead db, CommitName? only, long after) =>
        db.FirstOrDefaultAsync<JobRow>(
            JobRow.Select
                + """
                 WHERE j.id > @after AND j.state = @success AND NOT j.has_rows
                  AND (@all OR (j.project = @Project AND j.pipeline = @Name AND j.set_id = @Id))
                 ORDER BY j.id LIMIT 1
                """,
            new
            {
                after,
                success = (long)JobState.Success,
                all = only is null,
                Project = only?.Repo.Project ?? "",
                Name = only?.Repo.Name ?? "",
                Id = only?.Id ?? default,
            }
        );

    private async Task<IReadOnlyList<IntegrityProblem>> CheckAsync(DbRead db)
    {
        var problems = new List<IntegrityProblem>();
        foreach (var job in await JobRows.UnfinishedAsync(db))
        {
            if (await commits.FindAsync(db, job.Output) is not { } output)
            {
                problems.Add(
                    new(
                        $"job {job.Ref}@{job.SetId}: its output commit does not exist; stop it: braid stop job {job.Ref}@{job.SetId}"
                    )
                );
            }
            else if (output.IsFinished)
            {
                problems.Add(
                    new(
                        $"job {job.Ref}@{job.SetId}: its output commit is finished, and the job is not; stop it: braid stop job {job.Ref}@{job.SetId}"
                    )
                );
            }
        }

        foreach (var (commit, branch) in await DataIntegrity.OpenOutputsAsync(db))
        {
            if (await IsWithoutJobAsync(db, commit, branch))
            {
                problems.Add(
                    new(
                        $"commit {commit}: it is open, and no job will finish it; finish it: braid finish commit {commit} --force"
                    )
                );
            }
        }

        return problems;
    }

    private static async Task<bool> IsWithoutJobAsync(DbRead db, CommitName commit, string branch)
    {
        var reference = new PipelineRef(commit.Repo.Project, commit.Repo.Name);
        if (
            commit.Repo.Type != RepoName.UserType
            || await PipelineRows.FindAsync(db, reference) is not { Stopped: false } pipeline
            || pipeline.ReadSpec().OutputBranch != branch
        )
        {
            return false;
        }

        return await JobRows.FindAsync(db, reference, commit.Id) is not { } job || job.JobState.IsTerminal();
    }

    private async IAsyncEnumerable<IntegrityProblem> ZombiesAsync(
        JobRow job,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        // Merging what the datums wrote gives the nodes that are there already, so that nothing is written unless it differs.
        using var hold = content.Hold();
        var (output, now) = await database.ReadAsync(
            async db => (await commits.FindAsync(db, job.Output), await JobRows.FindAsync(db, job.Id)),
            ct
        );
        if (output is not { IsFinished: true } || now is null)
        {
            yield break;
        }

        var tree = new DatumTree(content, now.Tree);
        var roots = await tree.OutputsAsync(ct).Select(wrote => new TreeRoot(wrote.Output.ContentHash)).ToListAsync(ct);
        var merged = await hold.MergeAsync(roots, ct);
        if (!merged.TryGet(out var written, out var error))
        {
            yield return new($"commit {output.Name}: what its datums wrote cannot be put together: {error.Message}");
            yield break;
        }

        await foreach (var change in content.DiffAsync(written, output.Root, "/", ct))
        {
            if (change.Kind == EntryKind.File)
            {
                yield return new(Zombie(output.Name, change));
            }
        }
    }

    private static string Zombie(CommitName commit, TreeChange change) =>
        (change.Old, change.New) switch
        {
            (null, _) =>
                $"commit {commit}: {change.Path}: no datum of its job wrote it; run the pipeline again with --reprocess",
            (_, null) => $"commit {commit}: {change.Path}: a datum of its job wrote it, and it is not there",
            _ => $"commit {commit}: {change.Path}: its content is not what a datum of its job wrote",
        };
}
