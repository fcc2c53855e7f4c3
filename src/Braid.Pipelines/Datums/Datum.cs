using Braid.Pipelines.Jobs;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

public enum DatumState
{
    /// <summary>Not planned (a preview) or not begun.</summary>
    Unknown,

    /// <summary>A worker has it.</summary>
    Starting,
    Success,
    Failed,

    /// <summary>An earlier job's output was taken over.</summary>
    Skipped,

    /// <summary>Failed, and the error handler of the pipeline ended well.</summary>
    Recovered,
}

/// <summary>One unit of a job's work: the inputs that one start of the user's program sees.</summary>
public sealed record Datum
{
    /// <summary>64 hex digits: depends on the inputs' names and paths only, so it stays the same from job to job.</summary>
    public required string Id { get; init; }

    /// <summary>Null in a preview.</summary>
    public CommitSetId? Job { get; init; }

    public required DatumState State { get; init; }

    /// <summary>Why it ran or was skipped, in words.</summary>
    public string Reason { get; init; } = "";

    public required IReadOnlyList<DatumFile> Inputs { get; init; }

    public ProcessStats Stats { get; init; } = new();
}

/// <summary>One match of one input: a file, or a directory with everything in it.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Repo"><c>project/name</c>.</param>
/// <param name="Path">From the repo's root, with a leading slash; directories without a trailing one.</param>
/// <param name="Hash">The content's hash.</param>
/// <param name="SizeBytes">Of all its files.</param>
public sealed record DatumFile(
    string Name,
    string Repo,
    string Branch,
    CommitSetId Commit,
    string Path,
    bool IsDirectory,
    Sha256Hash Hash,
    long SizeBytes
);
