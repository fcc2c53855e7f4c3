using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Repositories;

/// <summary>Making, showing and removing repos.</summary>
public sealed class Repos(Database database, DataTransactions transactions)
{
    /// <summary>Makes a repo; with <paramref name="update"/>, changes the description of one that may exist.</summary>
    public Task<Result<Unit>> CreateAsync(
        Caller caller,
        RepoName repo,
        string description,
        bool update,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Unit>> CreateAsync(
        DataTransaction transaction,
        RepoName repo,
        string description,
        bool update
    ) => throw new NotImplementedException();

    public Task<Result<Repo>> InspectAsync(Caller caller, RepoName repo, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Repos that the caller may read, newest first.</summary>
    /// <param name="type">Only of this type; empty: of every type.</param>
    /// <param name="projects">Only of these projects; empty: of every project.</param>
    public Task<Result<IReadOnlyList<Repo>>> ListAsync(
        Caller caller,
        string type,
        IReadOnlyList<string> projects,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>
    /// Removes a repo with its branches and commits, and the repos of other types that go with a user's. False: there was
    /// none. Refused while branches of other repos depend on it, unless <paramref name="force"/>, and while a pipeline owns it.
    /// </summary>
    public Task<Result<bool>> DeleteAsync(Caller caller, RepoName repo, bool force, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>As above, of exactly this repo, without asking the listeners: for the domain that owns it.</summary>
    public Task<Result<bool>> DeleteAsync(DataTransaction transaction, RepoName repo, bool force) =>
        throw new NotImplementedException();
}
