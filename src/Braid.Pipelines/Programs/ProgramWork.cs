using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Programs;

/// <summary>A program that is to run: a spout's, or a service's with what it serves.</summary>
/// <param name="Job">The service's job; null for a spout, which has none.</param>
internal sealed record ProgramWork(PipelineRow Pipeline, JobRow? Job, IReadOnlyList<ServedInput> Inputs)
{
    public PipelineSpec Spec { get; } = Pipeline.ReadSpec();

    /// <summary>What runs is as it should be as long as this is the same.</summary>
    public (CommitSetId SpecCommit, CommitSetId? Job) Identity => (Pipeline.SpecCommit, Job?.SetId);

    public Service? Service => Spec.Service ?? Spec.Spout?.Service;

    /// <summary>Who its program is.</summary>
    public Caller.Job CallerOf(ProgramRow row, string attempt) =>
        Job is null ? row.CallerOf(attempt) : Job.CallerOf(attempt, Spec);
}

/// <summary>The one file or directory that a leaf of a service's input has for it.</summary>
internal sealed record ServedInput(Input.Leaf Leaf, CommitName Commit, TreeRoot Root, TreeEntry Entry)
{
    /// <summary>Where the program finds it.</summary>
    public string Path => $"/pfs/{Leaf.Name}{Entry.Path.TrimEnd('/')}";
}
