using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Data.Uploads;

/// <summary>A file that arrives in parts.</summary>
public sealed record Upload
{
    public required Hex32 Id { get; init; }

    /// <summary>Where it goes when it is completed.</summary>
    public required BranchName Branch { get; init; }

    public required string Path { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>The name of the caller who began it.</summary>
    public required string StartedBy { get; init; }
}

/// <summary>A part, stored and durable.</summary>
/// <param name="Number">Its place, from 1; numbers may have gaps.</param>
public sealed record UploadPart(int Number, FileContent Content, DateTimeOffset Stored);
