using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Walking;
using Braid.Gateway.Pachyderm.Branches;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Commits;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Lineages;

/// <summary>The calls that follow commits and branches to what they were made from, and paths through their history.</summary>
internal sealed class LineageCalls(Lineage lineage)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Stream<Pfs.WalkCommitProvenanceRequest, Pfs.CommitInfo>(
            pfs,
            "WalkCommitProvenance",
            (caller, request, ct) =>
                CommitsAsync(
                    caller,
                    request.Start,
                    WalkDirection.Provenance,
                    new(request.MaxCommits, request.MaxDepth),
                    ct
                )
        );
        table.Stream<Pfs.WalkCommitSubvenanceRequest, Pfs.CommitInfo>(
            pfs,
            "WalkCommitSubvenance",
            (caller, request, ct) =>
                CommitsAsync(
                    caller,
                    request.Start,
                    WalkDirection.Subvenance,
                    new(request.MaxCommits, request.MaxDepth),
                    ct
                )
        );
        table.Stream<Pfs.WalkBranchProvenanceRequest, Pfs.BranchInfo>(
            pfs,
            "WalkBranchProvenance",
            (caller, request, ct) =>
                BranchesAsync(
                    caller,
                    request.Start,
                    WalkDirection.Provenance,
                    new(request.MaxBranches, request.MaxDepth),
                    ct
                )
        );
        table.Stream<Pfs.WalkBranchSubvenanceRequest, Pfs.BranchInfo>(
            pfs,
            "WalkBranchSubvenance",
            (caller, request, ct) =>
                BranchesAsync(
                    caller,
                    request.Start,
                    WalkDirection.Subvenance,
                    new(request.MaxBranches, request.MaxDepth),
                    ct
                )
        );
        table.Stream<Pfs.FindCommitsRequest, Pfs.FindCommitsResponse>(pfs, "FindCommits", FindAsync);
    }

    private async Task<Result<Answers<Pfs.CommitInfo>>> CommitsAsync(
        Caller caller,
        IEnumerable<Pfs.CommitPicker> pickers,
        WalkDirection direction,
        WalkLimits limits,
        CancellationToken ct
    )
    {
        var starts = new List<(RepoName, CommitSpec)>();
        foreach (var picker in pickers)
        {
            if (!Pickers.Commit(picker).TryGet(out var at, out var error))
            {
                return error;
            }

            starts.Add((at.Repo, at.Spec));
        }

        var found = await lineage.WalkCommitsAsync(caller, starts, direction, limits, ct);
        return found.Select(all => new Answers<Pfs.CommitInfo>(all.Select(CommitMessages.Info)));
    }

    private async Task<Result<Answers<Pfs.BranchInfo>>> BranchesAsync(
        Caller caller,
        IEnumerable<Pfs.BranchPicker> pickers,
        WalkDirection direction,
        WalkLimits limits,
        CancellationToken ct
    )
    {
        var starts = new List<BranchName>();
        foreach (var picker in pickers)
        {
            if (!Pickers.Branch(picker).TryGet(out var branch, out var error))
            {
                return error;
            }

            starts.Add(branch);
        }

        var found = await lineage.WalkBranchesAsync(caller, starts, direction, limits, ct);
        return found.Select(all => new Answers<Pfs.BranchInfo>(all.Select(BranchMessages.Info)));
    }

    private async Task<Result<Answers<Pfs.FindCommitsResponse>>> FindAsync(
        Caller caller,
        Pfs.FindCommitsRequest request,
        CancellationToken ct
    )
    {
        if (request.FilePath.Length == 0)
        {
            return Errors.Missing("file path");
        }

        if (!WireNames.Commit(request.Start).TryGet(out var at, out var error))
        {
            return error;
        }

        var found = await lineage.SearchAsync(caller, at.Repo, at.Spec, request.FilePath, request.Limit, ct);
        return found.Select(steps => new Answers<Pfs.FindCommitsResponse>(steps.Select(Step)));
    }

    private static Pfs.FindCommitsResponse Step(PathSearchStep step)
    {
        var response = new Pfs.FindCommitsResponse { CommitsSearched = (uint)step.Searched };
        var commit = step.Commit.ToWire(step.Branch.Name);
        if (step.IsFound)
        {
            response.FoundCommit = commit;
        }
        else
        {
            response.LastSearchedCommit = commit;
        }

        return response;
    }
}
