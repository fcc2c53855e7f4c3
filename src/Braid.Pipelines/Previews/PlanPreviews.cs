using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Previews;

/// <summary>
/// Says what a change would set going before it is made: 1 the heads that branches would have; 2 the pipelines that read them,
/// those upstream first; 3 of each, what its job would run and skip. What is downstream of work that has to be done first cannot
/// be known, and is said to wait for it.
/// </summary>
public sealed class PlanPreviews
{
    private readonly Database database;
    private readonly VersionedData data;
    private readonly JobPreview jobs;

    internal PlanPreviews(Database database, VersionedData data, ContentStore content, JobAncestors ancestors)
    {
        this.database = database;
        this.data = data;
        jobs = new(content, ancestors);
    }

    /// <param name="tell">Told each datum as it is decided, with its pipeline.</param>
    public async Task<Result<IReadOnlyList<PipelinePreview>>> LookAsync(
        Caller caller,
        PlanQuestion question,
        Func<PipelineRef, DatumPreview, ValueTask> tell,
        CancellationToken ct
    )
    {
        // 1
        var heads = new Dictionary<BranchName, Commit>();
        foreach (var (branch, head) in question.Heads)
        {
            if (
                !(await CommitAsync(caller, head.Repo, CommitSpec.OfId(head.Id), ct)).TryGet(
                    out var commit,
                    out var error
                )
            )
            {
                return error;
            }

            heads[branch] = commit;
        }

        // 2
        var rows = await database.ReadAsync(PipelineRows.AllAsync, ct);
        var found = new List<PipelinePreview>();
        var unknown = new Dictionary<BranchName, PipelineRef>();
        foreach (var next in PlanOrder.Of(rows, question))
        {
            PipelineRef[] awaited =
            [
                .. next
                    .Spec.Input.Leaves.Select(PipelineRepos.BranchOf)
                    .Where(unknown.ContainsKey)
                    .Select(branch => unknown[branch])
                    .Distinct(),
            ];
            // 3
            var preview = awaited is not []
                ? PipelinePreview.After(next.Spec.Pipeline, next.Row is null, awaited)
                : null;
            if (preview is null)
            {
                if (!(await LookAsync(caller, next, heads, tell, ct)).TryGet(out preview, out var error))
                {
                    return error;
                }
            }

            found.Add(preview);
            if (!preview.ChangesNothing)
            {
                unknown[PipelineRepos.OutputBranch(next.Spec)] = next.Spec.Pipeline;
            }
        }

        return found;
    }

    private async Task<Result<PipelinePreview>> LookAsync(
        Caller caller,
        PlannedPipeline next,
        Dictionary<BranchName, Commit> heads,
        Func<PipelineRef, DatumPreview, ValueTask> tell,
        CancellationToken ct
    )
    {
        var read = new List<Commit?>();
        foreach (var branch in next.Spec.Input.Leaves.Select(PipelineRepos.BranchOf))
        {
            if (heads.TryGetValue(branch, out var head))
            {
                read.Add(head);
            }
            else if ((await HeadAsync(caller, branch, ct)).TryGet(out var now, out var error))
            {
                read.Add(now);
            }
            else
            {
                return error;
            }
        }

        return await jobs.LookAsync(next.Spec, next.Row, next.Salt, read, datum => tell(next.Spec.Pipeline, datum), ct);
    }

    /// <summary>What a branch has now; null where there is a repo but no branch yet, which would be made empty.</summary>
    private async Task<Result<Commit?>> HeadAsync(Caller caller, BranchName branch, CancellationToken ct)
    {
        var found = await CommitAsync(caller, branch.Repo, CommitSpec.OfBranch(branch.Name), ct);
        return found.TryGet(out var head, out var error) ? head
            : error.Kind == ErrorKind.NotFound && (await data.Repos.InspectAsync(caller, branch.Repo, ct)).IsOk
                ? Result.Ok<Commit?>(null)
            : error;
    }

    /// <summary>What is to be read: a commit, or a file set.</summary>
    private async Task<Result<Commit>> CommitAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        CancellationToken ct
    ) => (await data.Files.InspectAsync(caller, new(repo, commit, "/"), ct)).Select(root => root.Commit);
}
