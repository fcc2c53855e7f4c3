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
        MapWalk<Pfs.WalkCommitProvenanceRequest, Pfs.CommitPicker, Pfs.CommitInfo>(
            table,
            "WalkCommitProvenance",
            request => (request.Start, new(WalkDirection.Provenance, new(request.MaxCommits, request.MaxDepth))),
            CommitsAsync
        );
        MapWalk<Pfs.WalkCommitSubvenanceRequest, Pfs.CommitPicker, Pfs.CommitInfo>(
            table,
            "WalkCommitSubvenance",
            request => (request.Start, new(WalkDirection.Subvenance, new(request.MaxCommits, request.MaxDepth))),
            CommitsAsync
        );
        MapWalk<Pfs.WalkBranchProvenanceRequest, Pfs.BranchPicker, Pfs.BranchInfo>(
            table,
            "WalkBranchProvenance",
            request => (request.Start, new(WalkDirection.Provenance, new(request.MaxBranches, request.MaxDepth))),
            BranchesAsync
        );
        MapWalk<Pfs.WalkBranchSubvenanceRequest, Pfs.BranchPicker, Pfs.BranchInfo>(
            table,
            "WalkBranchSubvenance",
            request => (request.Start, new(WalkDirection.Subvenance, new(request.MaxBranches, request.MaxDepth))),
            BranchesAsync
        );
        table.Stream<Pfs.FindCommitsRequest, Pfs.FindCommitsResponse>(pfs, "FindCommits", FindAsync);
    }

    private static void MapWalk<TRequest, TPicker, TInfo>(
        CallTable table,
        string name,
        Func<TRequest, (IEnumerable<TPicker> Start, Walk Walk)> read,
        Func<Caller, IEnumerable<TPicker>, Walk, CancellationToken, Task<Result<Answers<TInfo>>>> walkAsync
    )
        where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
        where TInfo : class, Google.Protobuf.IMessage<TInfo>, new() =>
        table.Stream<TRequest, TInfo>(
            pfs,
            name,
            (caller, request, ct) =>
            {
                var (start, walk) = read(request);
                return walkAsync(caller, start, walk, ct);
            }
        );

    private async Task<Result<Answers<Pfs.CommitInfo>>> CommitsAsync(
        Caller caller,
        IEnumerable<Pfs.CommitPicker> pickers,
        Walk walk,
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

        var found = await lineage.WalkCommitsAsync(caller, starts, walk.Direction, walk.Limits, ct);
        return found.Select(all => new Answers<Pfs.CommitInfo>(all.Select(CommitMessages.Info)));
    }

    private async Task<Result<Answers<Pfs.BranchInfo>>> BranchesAsync(
        Caller caller,
        IEnumerable<Pfs.BranchPicker> pickers,
        Walk walk,
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

        var found = await lineage.WalkBranchesAsync(caller, starts, walk.Direction, walk.Limits, ct);
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

    private readonly record struct Walk(WalkDirection Direction, WalkLimits Limits);
}
