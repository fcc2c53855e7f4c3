using Braid.Data.Naming;

namespace Braid.Data.Propagation;

/// <summary>A branch as propagation sees it.</summary>
/// <param name="Head">The row id of its head, if any.</param>
/// <param name="HeadInSet">True when the head belongs to the transaction's set already.</param>
/// <param name="Upstream">What it depends on directly, in order; empty for a branch that only feeds others.</param>
internal sealed record BranchNode(
    long Id,
    BranchName Name,
    long? Head,
    bool HeadInSet,
    IReadOnlyList<ProvenanceEdge> Upstream
);

/// <summary>A dependency; <paramref name="Never"/>: moves of the upstream branch make no commit downstream.</summary>
internal readonly record struct ProvenanceEdge(long Upstream, bool Never);

/// <summary>A commit to make on a branch, from the heads that these upstream branches then have.</summary>
internal sealed record PlannedCommit(BranchNode Branch, IReadOnlyList<long> Upstream);
