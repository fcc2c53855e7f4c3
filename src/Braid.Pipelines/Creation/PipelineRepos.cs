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

    /// <summary>What output and meta branch are made of: the branches read, and the spec.</summary>
    public static IReadOnlyList<BranchName> Provenance(PipelineSpec spec) =>
        [
            .. spec.Input.Leaves.Select(leaf => new BranchName(Of(leaf), leaf.Branch)).Distinct(),
            SpecBranch(spec.Pipeline),
        ];
}
