using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.History;

/// <summary>Starting, finishing, showing and following commits.</summary>
public sealed class Commits(Database database, DataTransactions transactions)
{
    /// <summary>Opens a commit on a branch (made when missing) on top of <paramref name="parent"/>, or of its head.</summary>
    public Task<Result<Commit>> StartAsync(
        Caller caller,
        BranchName branch,
        CommitSpec? parent,
        string description,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Commit>> StartAsync(
        DataTransaction transaction,
        BranchName branch,
        CommitSpec? parent,
        string description
    ) => throw new NotImplementedException();

    /// <summary>
    /// Closes a commit. A <paramref name="error"/> marks it as failed; a <paramref name="description"/> that is not empty
    /// replaces the one it has; <paramref name="force"/> closes output commits too.
    /// </summary>
    public Task<Result<Commit>> FinishAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        string description,
        string error,
        bool force,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Commit>> FinishAsync(
        DataTransaction transaction,
        RepoName repo,
        CommitSpec commit,
        string description,
        string error,
        bool force
    ) => throw new NotImplementedException();

    /// <summary>
    /// Closes an output commit with the tree that its job made (flushed already), or with an error; finished is finished: a
    /// second call is refused.
    /// </summary>
    public Task<Result<Commit>> FinishOutputAsync(
        DbWrite db,
        CommitName commit,
        TreeRoot root,
        TreeStats stats,
        string? error
    ) => throw new NotImplementedException();

    /// <summary>Shows a commit once it has reached <paramref name="wait"/>.</summary>
    public Task<Result<Commit>> InspectAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        CommitState wait,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>The commit that the text points at, in another domain's session.</summary>
    public Task<Result<Commit>> ResolveAsync(DbRead db, RepoName repo, CommitSpec commit) =>
        throw new NotImplementedException();

    /// <summary>The commit of that name in another domain's session; null when there is none.</summary>
    public Task<Commit?> FindAsync(DbRead db, CommitName commit) => throw new NotImplementedException();

    /// <summary>The commits of a set, strictly, provenance first, in another domain's session.</summary>
    public Task<IReadOnlyList<Commit>> OfSetAsync(DbRead db, CommitSetId set) => throw new NotImplementedException();

    /// <summary>Commits of a repo, newest first.</summary>
    public Task<Result<IAsyncEnumerable<Commit>>> ListAsync(
        Caller caller,
        RepoName repo,
        CommitQuery query,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>
    /// The commits made on a branch after <paramref name="from"/>, oldest first, each once it has reached
    /// <paramref name="state"/>; never ends by itself.
    /// </summary>
    public Task<Result<IAsyncEnumerable<Commit>>> SubscribeAsync(
        Caller caller,
        BranchName branch,
        CommitSpec? from,
        CommitState state,
        CommitOrigin? origin,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Takes back everything written to an open commit.</summary>
    public Task<Result<Unit>> ClearAsync(Caller caller, RepoName repo, CommitSpec commit, CancellationToken ct) =>
        throw new NotImplementedException();
}
