using System.Text;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Branching;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Creation;

/// <summary>
/// Writes a version of a pipeline: 1 the spec becomes a file in the content store; then, in one transaction, 2 repos are made
/// for a new pipeline, or the jobs of the old version killed; 3 the spec is committed; 4 the version is recorded; 5 the
/// branches get their provenance, which makes the output commit and so the job.
/// </summary>
internal sealed class PipelineWriter(
    VersionedData data,
    ContentStore content,
    JobEnding ending,
    SecretCatalog secrets,
    IdSource ids
)
{
    public async Task<Result<StoredSpec>> StoreAsync(PipelineSpec spec, CancellationToken ct)
    {
        var hold = content.Hold();
        try
        {
            var file = await hold.WriteAsync(Encoding.UTF8.GetBytes(spec.Json), ct);
            var root = (await hold.ApplyAsync(TreeRoot.Empty, [new TreeEdit.Put("/spec", file)], ct)).Value;
            if ((await hold.SealAsync(root, ct)).Error is { } error)
            {
                hold.Dispose();
                return error;
            }

            return new StoredSpec(spec, root, hold);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public async Task<Result<PipelineVersion>> WriteAsync(
        Caller caller,
        StoredSpec stored,
        bool update,
        bool reprocess,
        CancellationToken ct
    )
    {
        var (spec, root) = (stored.Spec, stored.Root);
        var salt = ids.Next().ToString();
        return await data.Transactions.RunAsync(
            caller,
            new(update ? "pipeline.update" : "pipeline.create", $"{spec.Pipeline}"),
            async transaction =>
            {
                var old = await PipelineRows.FindAsync(transaction.Db, spec.Pipeline);
                if (old is not null && !update)
                {
                    return Errors.PipelineExists(spec.Pipeline);
                }

                if (await secrets.CheckAsync(transaction.Db, spec) is { } missing)
                {
                    return missing;
                }

                var prepared = old is null
                    ? await CreateReposAsync(transaction, spec)
                    : await RetireAsync(transaction, old, spec);
                if (!prepared.IsOk)
                {
                    return prepared.Error;
                }

                var kept = reprocess ? null : old?.Salt;
                return await RecordAsync(transaction, spec, root, old, spec.Salt ?? kept ?? salt);
            },
            ct
        );
    }

    /// <summary>
    /// Gives output and meta branch the inputs as provenance; a stopped pipeline's branches have none. Inputs that belong to
    /// the pipeline are made first.
    /// </summary>
    public async Task<Result<Unit>> ConnectAsync(DataTransaction transaction, PipelineSpec spec, bool stopped)
    {
        var prepared = await PrepareInputsAsync(transaction, spec);
        if (!prepared.IsOk)
        {
            return prepared;
        }

        var change = stopped
            ? new BranchChange()
            : new()
            {
                Provenance = PipelineRepos.Provenance(spec),
                NeverPropagates = PipelineRepos.NeverPropagates(spec),
            };
        var connected = await data.Branches.CreateAsync(transaction, PipelineRepos.OutputBranch(spec), change);
        return connected.IsOk && spec.Kind == PipelineKind.Transform
            ? await data.Branches.CreateAsync(transaction, PipelineRepos.MetaBranch(spec.Pipeline), change)
            : connected;
    }

    private async Task<Result<Unit>> PrepareInputsAsync(DataTransaction transaction, PipelineSpec spec)
    {
        foreach (var leaf in spec.Input.Leaves)
        {
            var prepared = leaf switch
            {
                Input.Cron => await CreateAsync(
                    transaction,
                    PipelineRepos.Of(leaf),
                    "Cron tick",
                    spec.Pipeline,
                    update: true
                ),
                Input.Pfs { Trigger: { } trigger } => await data.Branches.CreateAsync(
                    transaction,
                    new(PipelineRepos.Of(leaf), leaf.Branch),
                    new() { Trigger = trigger }
                ),
                _ => Unit.Value,
            };
            if (!prepared.IsOk)
            {
                return prepared;
            }
        }

        return Unit.Value;
    }

    private async Task<Result<Unit>> CreateReposAsync(DataTransaction transaction, PipelineSpec spec)
    {
        var pipeline = spec.Pipeline;
        var made = await CreateAsync(transaction, PipelineRepos.Output(pipeline), "Output", pipeline);
        if (!made.IsOk)
        {
            return made.Error.Kind == ErrorKind.AlreadyExists ? Errors.RepoInTheWay(pipeline) : made;
        }

        made = await CreateAsync(transaction, PipelineRepos.Spec(pipeline), "Spec", pipeline);
        return made.IsOk && spec.Kind == PipelineKind.Transform
            ? await CreateAsync(transaction, PipelineRepos.Meta(pipeline), "Meta", pipeline)
            : made;
    }

    private Task<Result<Unit>> CreateAsync(
        DataTransaction transaction,
        RepoName repo,
        string kind,
        PipelineRef pipeline,
        bool update = false
    ) => data.Repos.CreateAsync(transaction, repo, $"{kind} repo for pipeline {pipeline}.", update);

    private async Task<Result<Unit>> RetireAsync(DataTransaction transaction, PipelineRow old, PipelineSpec spec)
    {
        await ending.KillAllAsync(
            transaction.Db,
            old.Pipeline,
            $"all jobs killed because pipeline was updated for user \"{transaction.Author}\""
        );
        var before = old.ReadSpec();
        if (spec.Kind == PipelineKind.Transform && before.Kind != PipelineKind.Transform)
        {
            var made = await CreateAsync(transaction, PipelineRepos.Meta(old.Pipeline), "Meta", old.Pipeline);
            if (!made.IsOk)
            {
                return made;
            }
        }

        return before.OutputBranch == spec.OutputBranch
            ? Unit.Value
            : await data.Branches.CreateAsync(transaction, PipelineRepos.OutputBranch(before), new());
    }

    private async Task<Result<PipelineVersion>> RecordAsync(
        DataTransaction transaction,
        PipelineSpec spec,
        TreeRoot root,
        PipelineRow? old,
        string salt
    )
    {
        if (!(await CommitSpecAsync(transaction, spec, root)).TryGet(out var commit, out var error))
        {
            return error;
        }

        var row = new PipelineRow
        {
            Project = spec.Pipeline.Project,
            Name = spec.Pipeline.Name,
            Version = (old?.Version ?? 0) + 1,
            Stopped = old?.Stopped ?? false,
            CreatedAt = old?.CreatedAt ?? transaction.Now,
            CreatedBy = old?.CreatedBy ?? transaction.Author,
            SpecCommit = commit,
            Spec = spec.Json,
            UserSpec = spec.UserJson,
            Salt = salt,
            MadeAt = transaction.Now,
            LastJobState = old?.LastJobState,
        };
        await InsertAsync(transaction.Db, row);
        var connected = await ConnectAsync(transaction, spec, row.Stopped);
        return connected.IsOk ? row.ToVersion() : connected.Error;
    }

    private async Task<Result<CommitSetId>> CommitSpecAsync(
        DataTransaction transaction,
        PipelineSpec spec,
        TreeRoot root
    )
    {
        var started = await data.Commits.StartAsync(transaction, PipelineRepos.SpecBranch(spec.Pipeline), null, "");
        if (!started.TryGet(out var commit, out var error))
        {
            return error;
        }

        var size = new TreeStats(1, Encoding.UTF8.GetByteCount(spec.Json));
        return (await data.Commits.FinishOutputAsync(transaction.Db, commit.Name, root, size, null)).Select(finished =>
            finished.Name.Id
        );
    }

    private static async Task InsertAsync(DbWrite db, PipelineRow row)
    {
        await db.ExecuteAsync(
            """
            INSERT INTO pipeline (project, name, version, stopped, created_at, created_by)
            VALUES (@Project, @Name, @Version, @Stopped, @CreatedAt, @CreatedBy)
            ON CONFLICT (project, name) DO UPDATE SET version = excluded.version
            """,
            row
        );
        await db.ExecuteAsync(
            """
            INSERT INTO pipeline_version (project, name, version, spec_commit, spec, user_spec, salt, made_at)
            VALUES (@Project, @Name, @Version, @SpecCommit, @Spec, @UserSpec, @Salt, @MadeAt)
            """,
            row
        );
        db.Announce(Topics.Pipelines);
    }
}
