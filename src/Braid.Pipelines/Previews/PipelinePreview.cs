using Braid.Data.Naming;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Previews;

/// <summary>What is asked about: a spec that would be submitted, heads that branches would get, or both.</summary>
public sealed record PlanQuestion
{
    /// <summary>A new pipeline, or the next version of one; null for none.</summary>
    public PipelineSpec? Spec { get; init; }

    /// <summary>Its datums would all run again, as <c>update pipeline --reprocess</c> lets them.</summary>
    public bool Reprocess { get; init; }

    /// <summary>Branches, and the commit that each would have as its head. File sets are commits, too.</summary>
    public IReadOnlyList<(BranchName Branch, CommitName Head)> Heads { get; init; } = [];
}

/// <summary>What a job of a pipeline would do.</summary>
/// <param name="IsNew">There is no such pipeline yet.</param>
/// <param name="Runs">Datums that would run.</param>
/// <param name="Skips">Datums that would be taken over.</param>
/// <param name="Gone">Datums that there would be no more, with their output.</param>
/// <param name="Reasons">Why datums would run, with the number of datums for each reason.</param>
/// <param name="Awaits">Pipelines that have to run before more can be said; then the numbers are none.</param>
public sealed record PipelinePreview(
    PipelineRef Pipeline,
    bool IsNew,
    long Runs,
    long Skips,
    long Gone,
    IReadOnlyDictionary<string, long> Reasons,
    IReadOnlyList<PipelineRef> Awaits
)
{
    /// <summary>A pipeline whose input is made by others, which have to run first.</summary>
    public static PipelinePreview After(PipelineRef pipeline, bool isNew, IReadOnlyList<PipelineRef> awaits) =>
        new(pipeline, isNew, 0, 0, 0, new Dictionary<string, long>(), awaits);

    /// <summary>Its output would be what it is.</summary>
    public bool ChangesNothing => !IsNew && Awaits.Count == 0 && Runs == 0 && Gone == 0;
}

/// <summary>What would be done with a datum, and why.</summary>
public sealed record DatumPreview(string Id, bool Runs, string Reason, IReadOnlyList<DatumFile> Inputs);
