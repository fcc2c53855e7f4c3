using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Branching;

/// <summary>Making, moving, showing and removing branches.</summary>
public sealed class Branches(Database database, DataTransactions transactions)
{
    /// <summary>Makes a branch or changes it to what is asked, then propagates.</summary>
    public Task<Result<Unit>> CreateAsync(
        Caller caller,
        BranchName branch,
        BranchChange change,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Unit>> CreateAsync(DataTransaction transaction, BranchName branch, BranchChange change) =>
        throw new NotImplementedException();

    public Task<Result<Branch>> InspectAsync(Caller caller, BranchName branch, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>As above, in another domain's session; null when there is none.</summary>
    public Task<Branch?> FindAsync(DbRead db, BranchName branch) => throw new NotImplementedException();

    /// <summary>A repo's branches, newest first.</summary>
    public Task<Result<IReadOnlyList<Branch>>> ListAsync(Caller caller, RepoName repo, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Removes a branch (its commits stay); one that others depend on only by <paramref name="force"/>.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, BranchName branch, bool force, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Unit>> DeleteAsync(DataTransaction transaction, BranchName branch, bool force) =>
        throw new NotImplementedException();
}
