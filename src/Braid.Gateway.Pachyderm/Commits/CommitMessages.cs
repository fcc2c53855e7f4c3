using Braid.Data.History;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Commits;

/// <summary>Commits, to and from the wire. Origins and states have the wire's own numbers.</summary>
internal static class CommitMessages
{
    public static Pfs.CommitInfo Info(Commit commit)
    {
        var info = new Pfs.CommitInfo
        {
            Commit = commit.ToWireName(),
            Origin = new() { Kind = (Pfs.OriginKind)commit.Origin },
            Description = commit.Description,
            ParentCommit = commit.Parent?.ToWire(commit.Branch.Name),
            Started = commit.Started.ToWire(),
            Finishing = commit.Finishing.ToWire(),
            Finished = commit.Finished.ToWire(),
            Error = commit.Error,
            SizeBytesUpperBound = commit.Size,
            Details = commit.IsFinished ? Details(commit) : null,
            CreatedBy = commit.StartedBy,
            CreatedAt = commit.Started.ToWire(),
            UpdatedAt = (commit.Finished ?? commit.Started).ToWire(),
        };
        info.ChildCommits.AddRange(commit.Children.Select(child => child.ToWire()));
        var upstream = commit.DirectProvenance.Zip(commit.ProvenanceBranches, (one, branch) => one.ToWire(branch.Name));
        info.DirectProvenance.AddRange(upstream);
        info.DirectSubvenance.AddRange(commit.DirectSubvenance.Select(one => one.ToWire()));
        info.Metadata.Fill(commit.Annotations);
        AddLegacy(info, commit);
        return info;
    }

#pragma warning disable CS0612 // Clients of 2.0 to 2.5 still read it.
    private static void AddLegacy(Pfs.CommitInfo info, Commit commit) =>
        info.OldDirectProvenance.AddRange(commit.ProvenanceBranches.Select(branch => branch.ToWire()));
#pragma warning restore CS0612

    /// <summary>The origin to list; every one when the request names none.</summary>
    public static CommitOrigin? Origin(Pfs.OriginKind kind, bool all) =>
        all || kind is not (Pfs.OriginKind.User or Pfs.OriginKind.Auto or Pfs.OriginKind.Fsck)
            ? null
            : (CommitOrigin)kind;

    /// <summary>The state to wait for; a request that names none wants the commit as it is.</summary>
    public static CommitState State(Pfs.CommitState state) =>
        state == Pfs.CommitState.Unknown ? CommitState.Started : (CommitState)state;

    /// <summary>Sizes are always exact here and nothing is compacted later, so those times are zero.</summary>
    private static Pfs.CommitInfo.Types.Details Details(Commit commit) =>
        new()
        {
            SizeBytes = commit.Size,
            CompactingTime = TimeSpan.Zero.ToWire(),
            ValidatingTime = TimeSpan.Zero.ToWire(),
        };
}
