using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>Which datums of a job to list.</summary>
public sealed record DatumQuery
{
    /// <summary>Every datum, in the order of the ids.</summary>
    public static DatumQuery All { get; } = new();

    /// <summary>Empty: every state.</summary>
    public IReadOnlyList<DatumState> States { get; init; } = [];

    /// <summary>Only those after this one in the order asked for.</summary>
    public Sha256Hash? After { get; init; }

    public bool Backwards { get; init; }
}
