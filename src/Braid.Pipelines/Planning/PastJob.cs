using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>A job before the one that is planned, of the same pipeline, which has ended.</summary>
internal sealed record PastJob(CommitSetId Set, Sha256Hash Code, string Salt, DatumTree Tree);

/// <summary>
/// What a job may take over. <paramref name="Previous"/> is the nearest ancestor that was planned, however it ended;
/// <paramref name="Base"/> the nearest that succeeded. Often they are the same one.
/// </summary>
internal sealed record Past(PastJob? Previous, PastJob? Base)
{
    public static Past None { get; } = new(null, null);
}
