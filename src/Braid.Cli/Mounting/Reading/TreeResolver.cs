using Braid.Cli.Mounting.Naming;
using Braid.Cli.Mounting.Nodes;
using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Naming;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;

namespace Braid.Cli.Mounting.Reading;

/// <summary>
/// Finds the one commit that a repo shows:
/// 1. without a branch, the default one: master, or the only one there is;
/// 2. its newest commit that was finished without an error: what is still being written changes under a reader;
/// 3. changes that an earlier mount left are shown on the commit that they were made on.
/// </summary>
internal sealed class TreeResolver(RepoReader reader, OverlayStore overlays, MountLog log)
{
    public const string DefaultBranch = "master";

    /// <summary>Null when there is no such repo, branch or commit.</summary>
    public async Task<MountedTree?> FindAsync(RepoChoice choice, CancellationToken ct)
    {
        // (1)
        if (choice.Reference is null && await WithBranchAsync(choice, ct) is var named)
        {
            return named is null ? null : await FindAsync(named, ct);
        }

        var overlay = choice is { Writable: true, Reference: { } branch }
            ? overlays.Recovered(choice.Project, choice.Repo, branch)
            : null;
        // (3)
        var wanted = overlay?.Target.Base ?? choice.Reference;
        var info = await reader.FindCommitAsync(Names.Commit(choice.Project, $"{choice.Repo}@{wanted}"), ct);
        if (info is null)
        {
            // The default branch of a repo that has none yet: an empty tree that can be written to.
            return choice.Reference == DefaultBranch && await HasNoBranchAsync(choice, ct)
                ? Tree(choice, null, await IsOutputAsync(choice, ct), overlay)
                : null;
        }

        // (2)
        var view = await FinishedAsync(info, ct);
        if (!choice.IsBranch && view?.Commit.Id != info.Commit.Id)
        {
            log.Write($"{choice.Name} is not shown: it is not finished, or finished with an error");
            return null;
        }

        return Tree(choice, view, choice.Writable && await IsOutputAsync(choice, ct), overlay);
    }

    private MountedTree Tree(RepoChoice choice, CommitView? view, bool isOutput, OverlayFolder? overlay)
    {
        if (choice.Writable && isOutput)
        {
            log.Write($"{choice.Name} is read-only: its commits are made from other branches");
        }

        log.Write($"{choice.Name} shows {(view is null ? "nothing yet" : Names.Of(view.Commit))}");
        return new(choice, view, choice.Writable && !isOutput ? overlays.Create : null) { Overlay = overlay };
    }

    private async Task<RepoChoice?> WithBranchAsync(RepoChoice choice, CancellationToken ct)
    {
        if (await BranchesAsync(choice, ct) is not { } branches)
        {
            return null;
        }

        return choice with
        {
            Reference = branches.Count == 1 ? branches[0].Branch.Name : DefaultBranch,
        };
    }

    /// <summary>Null when there is no such repo.</summary>
    private async Task<IReadOnlyList<BranchInfo>?> BranchesAsync(RepoChoice choice, CancellationToken ct)
    {
        try
        {
            return await reader.HasRepoAsync(RepoOf(choice), ct)
                ? await reader.BranchesAsync(RepoOf(choice), ct)
                : null;
        }
        catch (GrpcException refused) when (refused.Status.Code == GrpcCode.NotFound)
        {
            return null;
        }
    }

    private async Task<bool> HasNoBranchAsync(RepoChoice choice, CancellationToken ct) =>
        await BranchesAsync(choice, ct) is { } branches && branches.All(info => info.Branch.Name != DefaultBranch);

    private async Task<bool> IsOutputAsync(RepoChoice choice, CancellationToken ct) =>
        choice.Reference is { } name
        && await reader.FindBranchAsync(new() { Repo = RepoOf(choice), Name = name }, ct)
            is { DirectProvenance.Count: > 0 };

    private async Task<CommitView?> FinishedAsync(CommitInfo info, CancellationToken ct)
    {
        var at = info;
        while ((at.Finishing ?? at.Finished) is null || at.Error.Length > 0)
        {
            if (
                at.ParentCommit is not { Id.Length: > 0 } parent
                || await reader.FindCommitAsync(parent, ct) is not { } found
            )
            {
                return null;
            }

            at = found;
        }

        var repo = Names.RepoOf(at.Commit);
        var commit = new Commit
        {
            Repo = repo,
            Id = at.Commit.Id,
            Branch = new() { Repo = repo },
        };
        return new(commit, (at.Finishing ?? at.Finished).ToDateTimeOffset(), at.Details?.SizeBytes ?? 0);
    }

    private static Repo RepoOf(RepoChoice choice) => Names.Repo(choice.Project, choice.Repo);
}
