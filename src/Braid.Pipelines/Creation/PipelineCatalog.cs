using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Creation;

/// <summary>
/// The pipelines: what they are, and the calls that make, change, stop, start and delete them. A pipeline's branches carry
/// its inputs as provenance, so that versioned data makes its output commits; <see cref="JobMaker"/> makes their jobs in the
/// same transaction.
/// </summary>
public sealed class PipelineCatalog
{
    private readonly Database database;
    private readonly VersionedData data;
    private readonly ContentStore content;
    private readonly IdSource ids;
    private readonly PipelineWriter writer;
    private readonly PipelineRemoval removal;
    private readonly JobEnding ending;
    private readonly SecretCatalog secrets;
    private readonly WorkerTroubles troubles;

    internal PipelineCatalog(
        Database database,
        VersionedData data,
        ContentStore content,
        JobEnding ending,
        SecretCatalog secrets,
        WorkerTroubles troubles,
        IdSource ids
    )
    {
        this.database = database;
        this.data = data;
        this.content = content;
        this.ids = ids;
        this.ending = ending;
        this.secrets = secrets;
        this.troubles = troubles;
        writer = new(data, content, ending, secrets, ids);
        removal = new(data, ending);
    }

    /// <summary>The same pipelines, whose changes become part of a transaction that runs.</summary>
    public PipelineCatalog Within(DataTransaction transaction) =>
        new(database, data.Within(transaction), content, ending, secrets, troubles, ids);

    /// <summary>
    /// Makes a pipeline with its repos and branches, or (with <paramref name="update"/>) its next version. Its first job is
    /// made in the same transaction.
    /// </summary>
    /// <param name="reprocess">Run every datum again, whatever has not changed.</param>
    public async Task<Result<PipelineVersion>> CreateOrUpdateAsync(
        Caller caller,
        PipelineSpec spec,
        bool update,
        bool reprocess,
        CancellationToken ct
    )
    {
        if (!(await StoreAsync(caller, spec, ct)).TryGet(out var stored, out var error))
        {
            return error;
        }

        using (stored)
        {
            return await CreateOrUpdateAsync(caller, stored, update, reprocess, ct);
        }
    }

    /// <summary>The first half of <see cref="CreateOrUpdateAsync(Caller, PipelineSpec, bool, bool, CancellationToken)"/>.</summary>
    public async Task<Result<StoredSpec>> StoreAsync(Caller caller, PipelineSpec spec, CancellationToken ct) =>
        caller.MayWriteData("pipelines") is { } denied ? denied : await writer.StoreAsync(spec, ct);

    /// <summary>The second half of it, which changes rows only.</summary>
    public async Task<Result<PipelineVersion>> CreateOrUpdateAsync(
        Caller caller,
        StoredSpec spec,
        bool update,
        bool reprocess,
        CancellationToken ct
    ) =>
        caller.MayWriteData("pipelines") is { } denied
            ? denied
            : await writer.WriteAsync(caller, spec, update, reprocess, ct);

    /// <summary>What the second half would answer: the whole change is made and undone.</summary>
    public Task<Result<PipelineVersion>> RehearseAsync(
        Caller caller,
        StoredSpec spec,
        bool update,
        bool reprocess,
        CancellationToken ct
    ) =>
        database.RehearseAsync(
            db =>
                data.Transactions.JoinAsync(
                    db,
                    caller.Name,
                    transaction => Within(transaction).CreateOrUpdateAsync(caller, spec, update, reprocess, ct)
                ),
            ct
        );

    /// <param name="ancestors">Versions back from the newest: 0 is the newest.</param>
    public async Task<Result<PipelineVersion>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        int ancestors,
        CancellationToken ct
    )
    {
        if (caller.MayReadData($"{pipeline}") is { } denied)
        {
            return denied;
        }

        var row = await database.ReadAsync(db => PipelineRows.FindAsync(db, pipeline, ancestors), ct);
        return row is not null ? row.ToVersion(troubles)
            : ancestors == 0 ? Errors.PipelineNotFound(pipeline)
            : Errors.VersionNotFound(pipeline, ancestors);
    }

    /// <summary>Newest first.</summary>
    /// <param name="projects">Empty: every project.</param>
    /// <param name="history">Further versions of each: 0 only the newest, -1 all.</param>
    public async Task<Result<IReadOnlyList<PipelineVersion>>> ListAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        string? name,
        long history,
        CancellationToken ct
    )
    {
        var rows = await database.ReadAsync(
            db =>
                db.QueryAsync<PipelineRow>(
                    PipelineRow.Select
                        + """
                         WHERE (@name IS NULL OR p.name = @name) AND (@history < 0 OR v.version >= p.version - @history)
                        ORDER BY v.made_at DESC, p.project, p.name, v.version DESC
                        """,
                    new { name, history }
                ),
            ct
        );
        return rows.Where(row => projects.Count == 0 || projects.Contains(row.Project, StringComparer.Ordinal))
            .Where(row => caller.MayReadData($"{row.Pipeline}") is null)
            .Select(row => row.ToVersion(troubles))
            .ToList();
    }

    /// <summary>The versions that were at work in a commit set, newest first.</summary>
    /// <param name="projects">Empty: every project.</param>
    public async Task<Result<IReadOnlyList<PipelineVersion>>> ListOfSetAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        string? name,
        CommitSetId set,
        CancellationToken ct
    )
    {
        if (!(await data.CommitSets.InspectAsync(caller, set, ct)).TryGet(out var found, out var error))
        {
            return error;
        }

        var specs = found
            .Commits.Select(commit => commit.Name)
            .Where(commit => commit.Repo.Type == PipelineRepos.SpecType)
            .Select(commit => (new PipelineRef(commit.Repo.Project, commit.Repo.Name), commit.Id))
            .ToHashSet();
        return (await ListAsync(caller, projects, name, -1, ct)).Select<IReadOnlyList<PipelineVersion>>(all =>
            [.. all.Where(version => specs.Contains((version.Pipeline, version.SpecCommit)))]
        );
    }

    /// <summary>Deletes a pipeline, its jobs and its repos; true when there was one.</summary>
    /// <param name="force">Also when another pipeline reads its output.</param>
    /// <param name="keepRepo">The output repo stays, as an ordinary one.</param>
    public async Task<Result<bool>> DeleteAsync(
        Caller caller,
        PipelineRef pipeline,
        bool force,
        bool keepRepo,
        CancellationToken ct
    ) =>
        caller.MayWriteData("pipelines") is { } denied
            ? denied
            : await data.Transactions.RunAsync(
                caller,
                new("pipeline.delete", $"{pipeline}"),
                transaction => removal.RemoveAsync(transaction, pipeline, force, keepRepo),
                ct
            );

    /// <summary>Deletes all pipelines of the projects (empty: of every project), those downstream first; which they were.</summary>
    public async Task<Result<IReadOnlyList<PipelineRef>>> DeleteAllAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        bool force,
        bool keepRepo,
        CancellationToken ct
    ) =>
        caller.MayWriteData("pipelines") is { } denied
            ? denied
            : await data.Transactions.RunAsync(
                caller,
                new("pipeline.delete-all", string.Join(' ', projects)),
                transaction => removal.RemoveAllAsync(transaction, projects, force, keepRepo),
                ct
            );

    /// <summary>Lets new data make jobs again; data that came meanwhile makes one.</summary>
    public Task<Result<Unit>> StartAsync(Caller caller, PipelineRef pipeline, CancellationToken ct) =>
        SetStoppedAsync(caller, pipeline, false, ct);

    /// <summary>Kills its jobs; new data makes no more until it is started.</summary>
    public Task<Result<Unit>> StopAsync(Caller caller, PipelineRef pipeline, CancellationToken ct) =>
        SetStoppedAsync(caller, pipeline, true, ct);

    /// <summary>Submits the newest version's spec again: a new version, a new job.</summary>
    public async Task<Result<Unit>> RerunAsync(
        Caller caller,
        PipelineRef pipeline,
        bool reprocess,
        CancellationToken ct
    ) =>
        (await InspectAsync(caller, pipeline, 0, ct)).TryGet(out var newest, out var error)
            ? (await CreateOrUpdateAsync(caller, newest.Spec, true, reprocess, ct)).Select(_ => Unit.Value)
            : error;

    private async Task<Result<Unit>> SetStoppedAsync(
        Caller caller,
        PipelineRef pipeline,
        bool stopped,
        CancellationToken ct
    ) =>
        caller.MayWriteData("pipelines") is { } denied
            ? denied
            : await data.Transactions.RunAsync(
                caller,
                new(stopped ? "pipeline.stop" : "pipeline.start", $"{pipeline}"),
                async transaction =>
                    await PipelineRows.FindAsync(transaction.Db, pipeline) is { } row
                        ? await SetStoppedAsync(transaction, row, stopped)
                        : Errors.PipelineNotFound(pipeline),
                ct
            );

    private async Task<Result<Unit>> SetStoppedAsync(DataTransaction transaction, PipelineRow row, bool stopped)
    {
        if (row.Stopped == stopped)
        {
            return Unit.Value;
        }

        await transaction.Db.ExecuteAsync(
            "UPDATE pipeline SET stopped = @stopped WHERE project = @Project AND name = @Name",
            new
            {
                stopped,
                row.Project,
                row.Name,
            }
        );
        transaction.Db.Announce(Topics.Pipelines);
        if (stopped)
        {
            await ending.KillAllAsync(
                transaction.Db,
                row.Pipeline,
                $"all jobs killed because pipeline was stopped by user \"{transaction.Author}\""
            );
        }

        return await writer.ConnectAsync(transaction, row.ReadSpec(), stopped);
    }
}
