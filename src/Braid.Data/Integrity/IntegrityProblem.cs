using Braid.Metadata;

namespace Braid.Data.Integrity;

/// <summary>Something that should not be: where, what, and what to do, in one line.</summary>
public sealed record IntegrityProblem(string Text)
{
    /// <summary>How it can be put right from what is sound; null when only a person can decide.</summary>
    public IntegrityRepair? Repair { get; init; }
}

/// <summary>A repair of rows that follow from others.</summary>
/// <param name="Text">What it did, in one line.</param>
/// <param name="RunAsync">False when the rows are not any more what was found.</param>
public sealed record IntegrityRepair(string Text, Func<DbWrite, Task<bool>> RunAsync);
