using System.Text.Json.Nodes;
using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Plans a job: 1 the jobs before it that it may take over from are found; 2 where nothing but data changed since the previous one,
/// the trees of its inputs are compared; 3 else all datums are made and compared.
/// </summary>
/// <param name="mostChanges">More changes than so are no longer cheaper than making all datums.</param>
internal sealed class JobPlanning(
    Database database,
    Commits commits,
    ContentStore content,
    JobAncestors ancestors,
    int mostChanges
)
{
    /// <param name="hold">Keeps what is taken over; seal the plan's tree with it.</param>
    /// <param name="roots">The tree that each leaf of the input reads; null where there is no commit.</param>
    public async Task<JobPlan> PlanAsync(
        ContentHold hold,
        JobRow job,
        PipelineSpec spec,
        IReadOnlyList<TreeRoot?> roots,
        CancellationToken ct
    )
    {
        // 1
        var (previous, last) = await ancestors.FindAsync(job, ct);
        var before = previous is null ? null : PastOf(previous);
        var past = new Past(
            before,
            last is null ? null
                : last.Id == previous?.Id ? before
                : PastOf(last)
        );
        var planner = new DatumPlanner(spec, job.Salt);
        var rows = new PlannedRows(database, job);
        var edits = new DatumTreeEdits(hold, before?.Tree.Root ?? TreeRoot.Empty);
        edits.Inherit();
        var writer = new JobPlanWriter(past, planner, edits, rows);
        var input = InputNode.Of(spec.Input);
        if (
            before is not null
            && previous is not null
            && await DeltaAsync(job, previous, spec, roots, input, ct) is { } delta
        )
        {
            // 2
            await new DiffPlan(planner, before, writer).PlanAsync(delta, ct);
        }
        else
        {
            // 3
            await new FullPlan(content, planner, past, writer).PlanAsync(input, roots, ct);
        }

        var tree = await edits.FinishAsync(ct);
        return new(tree, await new DatumTree(content, tree).CountAsync(DatumTree.Records, ct), rows);
    }

    private PastJob PastOf(JobRow job) =>
        new(job.SetId, DatumKeys.Code(job.ReadSpec()), job.Salt, new(content, job.Tree));

    /// <summary>Null when the difference of the trees does not tell all.</summary>
    private async Task<InputDelta?> DeltaAsync(
        JobRow job,
        JobRow previous,
        PipelineSpec spec,
        IReadOnlyList<TreeRoot?> roots,
        InputNode input,
        CancellationToken ct
    )
    {
        if (
            !IsSameWork(job, previous, spec)
            || !Differentiable.Is(spec.Input)
            || await new DatumTree(content, previous.Tree).CountAsync(DatumTree.Retry, ct) > mostChanges
            || await database.ReadAsync(db => RootsAsync(db, previous, roots.Count), ct) is not { } old
            || old.Zip(roots).Any(pair => pair.First is null != pair.Second is null)
        )
        {
            return null;
        }

        return await new DatumDelta(content, old, roots, mostChanges).FindAsync(input, ct);
    }

    private static bool IsSameWork(JobRow job, JobRow previous, PipelineSpec spec)
    {
        if (spec.RunsEverything || job.Salt != previous.Salt)
        {
            return false;
        }

        return job.Spec == previous.Spec
            || (
                DatumKeys.Code(spec) == DatumKeys.Code(previous.ReadSpec())
                && JsonNode.DeepEquals(InputOf(spec), InputOf(previous.ReadSpec()))
            );
    }

    private static JsonNode? InputOf(PipelineSpec spec) => JsonNode.Parse(spec.Json)?["input"];

    /// <summary>The trees that a job read; null when one of them is gone.</summary>
    private async Task<IReadOnlyList<TreeRoot?>?> RootsAsync(DbRead db, JobRow job, int leaves)
    {
        var roots = new TreeRoot?[leaves];
        foreach (var input in await JobRows.InputsAsync(db, job.Id))
        {
            if (await commits.FindAsync(db, input.Commit) is not { IsForgotten: false } commit)
            {
                return null;
            }

            roots[input.Leaf] = commit.Root;
        }

        return roots;
    }
}
