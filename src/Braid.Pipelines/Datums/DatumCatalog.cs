using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Datums;

/// <summary>The datums of jobs, and of inputs that have no job yet.</summary>
public sealed class DatumCatalog
{
    private readonly Database database;
    private readonly ContentStore content;
    private readonly Commits commits;
    private readonly DatumListing listing;

    internal DatumCatalog(Database database, ContentStore content, Commits commits)
    {
        this.database = database;
        this.content = content;
        this.commits = commits;
        listing = new(database, content);
    }

    /// <summary>The datums of a job, in the order of their ids.</summary>
    /// <param name="id">The commit set's id, or the id of the job's run.</param>
    public async Task<Result<IAsyncEnumerable<Datum>>> ListAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        DatumQuery query,
        CancellationToken ct
    ) => (await FindAsync(caller, pipeline, id, ct)).Select(job => listing.ListAsync(job.Id, query, ct));

    public async Task<Result<Datum>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        string datum,
        CancellationToken ct
    ) =>
        !(await FindAsync(caller, pipeline, id, ct)).TryGet(out var job, out var error) ? error
        : Sha256Hash.TryParse(datum, out var hash) && await listing.FindAsync(job.Id, hash, ct) is { } found ? found
        : Errors.DatumNotFound(datum, job.SetId);

    /// <summary>A datum of a job that the caller may see; null when there is none.</summary>
    internal async Task<Datum?> FindAsync(Job job, Sha256Hash datum, CancellationToken ct) =>
        await database.ReadAsync(db => JobRows.FindAsync(db, job.Pipeline, job.Set), ct) is { } row
            ? await listing.FindAsync(row.Id, datum, ct)
            : null;

    /// <summary>The datums that an input would make of the branches' heads now, each once, in the input's order.</summary>
    public async Task<Result<IAsyncEnumerable<Datum>>> PreviewAsync(Caller caller, Input input, CancellationToken ct)
    {
        if (input.Leaves.Any(leaf => leaf is Input.Cron))
        {
            return Errors.PreviewOfCron();
        }

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

        return Result.Ok(PreviewAsync(input, heads, ct));
    }

    /// <summary>Runs datums of a running job again from the start: those whose id, or one of whose paths, is among the filters.</summary>
    public async Task<Result<Unit>> RestartAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        IReadOnlyList<string> filters,
        CancellationToken ct
    )
    {
        if (caller.MayWriteData("jobs") is { } denied)
        {
            return denied;
        }

        var job = await database.ReadAsync(db => JobRows.FindAsync(db, pipeline, id), ct);
        return job is null
            ? Errors.JobNotFound(pipeline, id)
            : await new DatumRestart(database, content).RestartAsync(caller, job, filters, ct);
    }

    private async IAsyncEnumerable<Datum> PreviewAsync(
        Input input,
        IReadOnlyList<Commit> heads,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        // What the heads name stays, whoever moves the branches meanwhile.
        using var hold = content.Hold();
        Input.Leaf[] leaves = [.. input.Leaves];
        var seen = new HashSet<Sha256Hash>();
        var expansion = new DatumExpansion(content, [.. heads.Select(head => head.Root)]);
        await foreach (var matches in expansion.ExpandAsync(InputNode.Of(input), ct))
        {
            var id = DatumKeys.Id(leaves, matches);
            if (seen.Add(id))
            {
                yield return new()
                {
                    Id = $"{id}",
                    State = DatumState.Unknown,
                    Inputs = [.. matches.Select(m => DatumView.Show(leaves[m.Leaf], m, heads[m.Leaf].Name.Id))],
                };
            }
        }
    }

    private async Task<Result<JobRow>> FindAsync(Caller caller, PipelineRef pipeline, string id, CancellationToken ct)
    {
        var job = await database.ReadAsync(db => JobRows.FindAsync(db, pipeline, id), ct);
        return job is null ? Errors.JobNotFound(pipeline, id)
            : caller.MayUseRun(job.RunId, null) is { } denied ? denied
            : job;
    }
}
