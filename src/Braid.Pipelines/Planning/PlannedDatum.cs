using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>A datum of a job, and what is to be done with it.</summary>
internal sealed record PlannedDatum(Sha256Hash Id, Sha256Hash Key, IReadOnlyList<LeafMatch> Inputs, Verdict Verdict);

/// <summary>Why a datum runs, or whose output it takes over.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    public abstract string Reason { get; }

    public sealed record Run(string Why) : Verdict
    {
        public override string Reason => Why;
    }

    /// <param name="From">The job that made the output.</param>
    public sealed record Skip(CommitSetId From, TreeRoot Output) : Verdict
    {
        public override string Reason => $"skipped: inputs, code and salt are those of job {From}";
    }
}
