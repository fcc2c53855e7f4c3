using Braid.Data.History;
using Braid.Primitives;

namespace Braid.Data.Sets;

/// <summary>
/// All commits of one event, provenance first: those that carry the set's id, and before them the older ones that they
/// were made from.
/// </summary>
public sealed record CommitSet(CommitSetId Id, IReadOnlyList<Commit> Commits);
