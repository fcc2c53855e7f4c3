using Braid.Data.Naming;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Creation;

/// <summary>The repos and branches that belong to a pipeline.</summary>
internal static class PipelineRepos
{
    /// <summary>The only branch of the repos for specs and for what is known about datums.</summary>
    public const string Master = "master";

    /// <summary>The type of the repo that holds a pipeline's spec.</summary>
    public const string SpecType = "spec";

    public static RepoName Output(PipelineRef pipeline) => new(pipeline.Project, pipeline.Name);

    public static RepoName Spec(PipelineRef pipeline) => Output(pipeline).OfType(SpecType);

    public static RepoName Meta(PipelineRef pipeline) => Output(pipeline).OfType("meta");

    public static BranchName SpecBranch(PipelineRef pipeline) => new(Spec(pipeline), Master);

    public static BranchName MetaBranch(PipelineRef pipeline) => new(Meta(pipeline), Master);

    public static BranchName OutputBranch(PipelineSpec spec) => new(Output(spec.Pipeline), spec.OutputBranch);

    public static RepoName Of(Input.Leaf leaf) => new(leaf.Project, leaf.Repo, leaf.RepoType);

    public static BranchName BranchOf(Input.Leaf leaf) => new(Of(leaf), leaf.Branch);

    /// <summary>
    /// What output and meta branch are made of: the branches read, and the spec. A spout writes its output branch itself,
    /// which nothing else may move.
    /// </summary>
    public static IReadOnlyList<BranchName> Provenance(PipelineSpec spec) =>
        spec.Kind == PipelineKind.Spout
            ? []
            : [.. spec.Input.Leaves.Select(BranchOf).Distinct(), SpecBranch(spec.Pipeline)];

    /// <summary>Those whose moves shall make no job.</summary>
    public static IReadOnlyList<BranchName> NeverPropagates(PipelineSpec spec) =>
        [.. spec.Input.Leaves.OfType<Input.Pfs>().Where(leaf => leaf.PropagationNever).Select(BranchOf)];

    /// <summary>The repos of its ticks, which go when it goes.</summary>
    public static IEnumerable<RepoName> Ticks(PipelineSpec spec) =>
        spec.Input.Leaves.OfType<Input.Cron>().Select(Of).Distinct();

    /// <summary>The branches that it follows others with, named by the server: they go when it goes.</summary>
    public static IEnumerable<BranchName> Triggered(PipelineSpec spec) =>
        spec
            .Input.Leaves.OfType<Input.Pfs>()
            .Where(leaf => leaf.Trigger is not null)
            .Where(leaf => leaf.Branch.StartsWith($"{spec.Pipeline.Name}-trigger-", StringComparison.Ordinal))
            .Select(BranchOf);
}
