using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>The datums of jobs, and of inputs that have no job yet.</summary>
public sealed class DatumCatalog
{
    private readonly Database database;
    private readonly Commits commits;
    private readonly JobPlanning planning;

    internal DatumCatalog(Database database, Commits commits, JobPlanning planning)
    {
        this.database = database;
        this.commits = commits;
        this.planning = planning;
    }

    /// <summary>The datums of a job, in the order of their ids.</summary>
    /// <param name="id">The commit set's id, or the id of the job's run.</param>
    /// <param name="states">Empty: every state.</param>
    public Task<Result<IReadOnlyList<Datum>>> ListAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        IReadOnlyList<DatumState> states,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<Datum>>(
            caller,
            pipeline,
            id,
            async (db, job, view) =>
                (await DatumRows.OfJobAsync(db, job.Id))
                    .Where(row => states.Count == 0 || states.Contains(row.DatumState))
                    .Select(view.Show)
                    .ToList(),
            ct
        );

    public Task<Result<Datum>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        string datum,
        CancellationToken ct
    ) =>
        ReadAsync<Datum>(
            caller,
            pipeline,
            id,
            async (db, job, view) =>
                Sha256Hash.TryParse(datum, out var hash) && await DatumRows.FindAsync(db, job.Id, hash) is { } row
                    ? view.Show(row)
                    : Errors.DatumNotFound(datum, job.SetId),
            ct
        );

    /// <summary>The datums that an input would make of the branches' heads now.</summary>
    public async Task<Result<IReadOnlyList<Datum>>> PreviewAsync(Caller caller, Input input, CancellationToken ct)
    {
        var heads = new List<Commit>();
        foreach (var leaf in input.Leaves)
        {
            var head = await commits.InspectAsync(
                caller,
                PipelineRepos.Of(leaf),
                CommitSpec.OfBranch(leaf.Branch),
                CommitState.Started,
                ct
            );
            if (!head.TryGet(out var commit, out var error))
            {
                return error;
            }

            heads.Add(commit);
        }

        var matches = await planning.MatchAsync(input, [.. heads.Select(head => head.Root)], ct);
        Input.Leaf[] leaves = [.. input.Leaves];
        return DatumExpansion
            .Expand(input, matches)
            .Select(files => new Datum
            {
                Id = $"{DatumKeys.Id(leaves, files)}",
                State = DatumState.Unknown,
                Inputs = [.. files.Select(f => DatumView.Show(leaves[f.Leaf], f, heads[f.Leaf].Name.Id))],
            })
            .ToList();
    }

    /// <summary>Runs datums of a running job again from the start: those whose id, or one of whose paths, is among the filters.</summary>
    public async Task<Result<Unit>> RestartAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        IReadOnlyList<string> filters,
        CancellationToken ct
    ) =>
        caller.MayWriteData("jobs") is { } denied
            ? denied
            : await database.WriteAsync(
                async db =>
                    await JobRows.FindAsync(db, pipeline, id) is { } job
                        ? await RestartAsync(db, job, filters)
                        : Errors.JobNotFound(pipeline, id),
                ct
            );

    private static async Task<Result<Unit>> RestartAsync(DbWrite db, JobRow job, IReadOnlyList<string> filters)
    {
        if (job.JobState.IsTerminal())
        {
            return Errors.JobHasEnded(job.Ref, job.SetId);
        }

        var matching = (await DatumRows.OfJobAsync(db, job.Id))
            .Where(row => DatumFilter.Matches(row, filters))
            .ToList();
        if (matching.Count == 0)
        {
            return Errors.NoDatumMatches(filters, job.SetId);
        }

        foreach (var datum in matching)
        {
            await DatumRows.RestartAsync(db, datum);
        }

        JobRows.Announce(db, job.SetId);
        db.Announce(Topics.Work);
        return Unit.Value;
    }

    private async Task<Result<T>> ReadAsync<T>(
        Caller caller,
        PipelineRef pipeline,
        string id,
        Func<DbRead, JobRow, DatumView, Task<Result<T>>> read,
        CancellationToken ct
    ) =>
        await database.ReadAsync(
            async db =>
                await JobRows.FindAsync(db, pipeline, id) is not { } job ? Errors.JobNotFound(pipeline, id)
                : caller.MayUseRun(job.RunId, null) is { } denied ? denied
                : await read(db, job, new(job, await JobRows.InputsAsync(db, job.Id))),
            ct
        );
}
