using Braid.Access.Callers;
using Braid.Data.Branching;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Branches;

/// <summary>The calls about branches.</summary>
internal sealed class BranchCalls(Braid.Data.Branching.Branches branches)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Change<Pfs.CreateBranchRequest, Empty>(
            pfs,
            "CreateBranch",
            RecordedForms.CreateBranch,
            at => new BranchCalls(at.Data.Branches).CreateAsync
        );
        table.Apart<Pfs.InspectBranchRequest, Pfs.BranchInfo>(pfs, "InspectBranch", InspectAsync);
        table.Stream<Pfs.ListBranchRequest, Pfs.BranchInfo>(pfs, "ListBranch", ListAsync);
        table.Change<Pfs.DeleteBranchRequest, Empty>(
            pfs,
            "DeleteBranch",
            RecordedForms.DeleteBranch,
            at => new BranchCalls(at.Data.Branches).DeleteAsync
        );
    }

    private async Task<Result<Empty>> CreateAsync(Caller caller, Pfs.CreateBranchRequest request, CancellationToken ct)
    {
        if (!WireNames.Branch(request.Branch).TryGet(out var branch, out var error))
        {
            return error;
        }

        return BranchMessages.ReadChange(request).TryGet(out var change, out error)
            ? await branches.CreateAsync(caller, branch, change, ct).AsEmptyAsync()
            : error;
    }

    private async Task<Result<Pfs.BranchInfo>> InspectAsync(
        Caller caller,
        Pfs.InspectBranchRequest request,
        CancellationToken ct
    ) =>
        WireNames.Branch(request.Branch).TryGet(out var branch, out var error)
            ? (await branches.InspectAsync(caller, branch, ct)).Select(BranchMessages.Info)
            : error;

    private async Task<Result<Answers<Pfs.BranchInfo>>> ListAsync(
        Caller caller,
        Pfs.ListBranchRequest request,
        CancellationToken ct
    ) =>
        WireNames.Repo(request.Repo).TryGet(out var repo, out var error)
            ? (await branches.ListAsync(caller, repo, ct)).Select(all => new Answers<Pfs.BranchInfo>(
                (request.Reverse ? all.Reverse() : all).Select(BranchMessages.Info)
            ))
            : error;

    private async Task<Result<Empty>> DeleteAsync(
        Caller caller,
        Pfs.DeleteBranchRequest request,
        CancellationToken ct
    ) =>
        WireNames.Branch(request.Branch).TryGet(out var branch, out var error)
            ? await branches.DeleteAsync(caller, branch, request.Force, ct).AsEmptyAsync()
            : error;
}
