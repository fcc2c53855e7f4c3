using Braid.Data.Naming;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Previews;

/// <summary>A pipeline that a change would set going.</summary>
/// <param name="Spec">What it would run.</param>
/// <param name="Row">As it is; null when the change would make it.</param>
/// <param name="Salt">What enters its datums' keys.</param>
internal sealed record PlannedPipeline(PipelineSpec Spec, PipelineRow? Row, string Salt);

/// <summary>Which pipelines a change would set going, those upstream first.</summary>
internal static class PlanOrder
{
    /// <summary>No pipeline has it, so that no key made with it is known.</summary>
    private const string FreshSalt = "fresh";

    public static IReadOnlyList<PlannedPipeline> Of(IReadOnlyList<PipelineRow> rows, PlanQuestion question)
    {
        List<PlannedPipeline> all = [.. rows.Where(row => !row.Stopped).Select(Unchanged)];
        if (question.Spec is { } spec)
        {
            var row = rows.FirstOrDefault(row => row.Pipeline == spec.Pipeline);
            all.RemoveAll(pipeline => pipeline.Spec.Pipeline == spec.Pipeline);
            all.Add(new(spec, row, row is null || question.Reprocess ? FreshSalt : row.Salt));
        }

        return Affected(all, question);
    }

    /// <summary>
    /// A pipeline follows when it reads what changes. As nothing reads itself, each turn finds at least one whose own inputs are
    /// all decided.
    /// </summary>
    private static List<PlannedPipeline> Affected(List<PlannedPipeline> all, PlanQuestion question)
    {
        var moved = question.Heads.Select(head => head.Branch).ToHashSet();
        var waiting = all.Where(pipeline => pipeline.Spec.Pipeline == question.Spec?.Pipeline).ToHashSet();
        for (var grows = true; grows; )
        {
            var outputs = waiting
                .Select(pipeline => PipelineRepos.OutputBranch(pipeline.Spec))
                .Concat(moved)
                .ToHashSet();
            grows = all.Where(pipeline => Reads(pipeline).Any(outputs.Contains)).Count(waiting.Add) > 0;
        }

        var ordered = new List<PlannedPipeline>();
        while (waiting.Count > 0)
        {
            var outputs = waiting.Select(pipeline => PipelineRepos.OutputBranch(pipeline.Spec)).ToHashSet();
            var next = waiting.First(pipeline => !Reads(pipeline).Any(outputs.Contains));
            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static IEnumerable<BranchName> Reads(PlannedPipeline pipeline) =>
        pipeline.Spec.Input.Leaves.Select(PipelineRepos.BranchOf);

    private static PlannedPipeline Unchanged(PipelineRow row) => new(row.ReadSpec(), row, row.Salt);
}
