using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers;
using Braid.Pipelines.Workers.Batching;
using Braid.Primitives;

namespace Braid.Pipelines.Programs;

/// <summary>A program that is to run: a spout's, or a service's with what it serves.</summary>
/// <param name="Job">The service's job; null for a spout, which has none.</param>
/// <param name="Inputs">Of the service; null for a spout, which has none.</param>
internal sealed record ProgramWork(PipelineRow Pipeline, JobRow? Job, DatumInputs? Inputs)
{
    public PipelineSpec Spec { get; } = Pipeline.ReadSpec();

    /// <summary>What runs is as it should be as long as this is the same.</summary>
    public (CommitSetId SpecCommit, CommitSetId? Job) Identity => (Pipeline.SpecCommit, Job?.SetId);

    public Service? Service => Spec.Service ?? Spec.Spout?.Service;

    /// <summary>What a job's program does for it; null for a spout, which has no job.</summary>
    public WorkerActivity? ActivityOf(string worker, DateTimeOffset begun) =>
        Job is null
            ? null
            : new(
                worker,
                Pipeline.Pipeline,
                $"{Job.SetId}",
                begun,
                [.. (Inputs?.Matches ?? []).Select(match => (match.Path, match.Hash))]
            );

    /// <summary>Who its program is.</summary>
    public Caller.Job CallerOf(ProgramRow row, string attempt) =>
        Job is null ? row.CallerOf(attempt) : Job.CallerOf(attempt, Spec);
}
