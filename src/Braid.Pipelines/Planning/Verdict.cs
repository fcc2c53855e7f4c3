using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>Why a datum runs, or from which job's tree it is taken over.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    public abstract string Reason { get; }

    /// <summary>What is told of a datum that was taken over.</summary>
    /// <param name="from">The job that really processed it.</param>
    public static string SkippedFor(CommitSetId from) => $"skipped: inputs, code and salt are those of job {from}";

    public sealed record Run(string Why) : Verdict
    {
        public override string Reason => Why;
    }

    /// <param name="Of">The job in whose tree it is.</param>
    /// <param name="From">The job that really processed it.</param>
    public sealed record Skip(PastJob Of, CommitSetId From) : Verdict
    {
        public override string Reason => SkippedFor(From);
    }
}
