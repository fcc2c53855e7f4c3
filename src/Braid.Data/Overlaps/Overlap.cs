using Braid.Data.Naming;

namespace Braid.Data.Overlaps;

/// <summary>A file of a commit that is, byte for byte, also in a repo of another role.</summary>
/// <param name="Path">In the commit.</param>
/// <param name="Size">Bytes, more than none.</param>
/// <param name="Other">The head of the other repo at that time.</param>
/// <param name="OtherRole">The role that the other repo has now.</param>
/// <param name="OtherPath">In that commit.</param>
public sealed record Overlap(string Path, long Size, CommitName Other, string OtherRole, string OtherPath);

/// <summary>What a commit has in common with the repos of other roles.</summary>
/// <param name="Role">Of the commit's repo; without a role nothing is looked for.</param>
/// <param name="IsChecked">False as long as nothing is known: it waits, is not finished, or was finished before there was a role.</param>
/// <param name="IsWaiting">It is not checked yet, but will be.</param>
/// <param name="Count">All pairs.</param>
/// <param name="Pairs">The first of them, by path.</param>
public sealed record OverlapReport(
    CommitName Commit,
    string Role,
    bool IsChecked,
    bool IsWaiting,
    long Count,
    IReadOnlyList<Overlap> Pairs
);
