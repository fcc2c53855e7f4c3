using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>
/// Takes part in the transactions that change versioned data, so that what follows from a commit (a job) exists exactly
/// when the commit does. Calls come inside the transaction and may be repeated with it: they touch nothing but the session.
/// </summary>
public interface ICommitSetListener
{
    /// <summary>
    /// One transaction made these commits, all of set <paramref name="set"/>, provenance first: the caller's (origin user)
    /// and those that propagation added (origin auto, open).
    /// </summary>
    Task OnCommitsMadeAsync(DbWrite db, CommitSetId set, IReadOnlyList<Commit> made);

    /// <summary>Commits were closed, by their writers or with an error: they will not change any more.</summary>
    Task OnCommitsFinishedAsync(DbWrite db, IReadOnlyList<CommitName> finished) => Task.CompletedTask;

    /// <summary>Commits were squashed, dropped, or deleted with their repo.</summary>
    Task OnCommitsRemovedAsync(DbWrite db, IReadOnlyList<CommitName> removed) => Task.CompletedTask;

    /// <summary>Why a commit must not be squashed or dropped (a pipeline was made by it); null when it may.</summary>
    Task<Error?> MayRemoveCommitAsync(DbRead db, CommitName commit) => Task.FromResult<Error?>(null);

    /// <summary>True when a repo's output commits are finished by this domain, and by nobody else unless forced.</summary>
    Task<bool> FinishesOutputsOfAsync(DbRead db, RepoName repo) => Task.FromResult(false);

    /// <summary>Why a repo must not be deleted on its own (a pipeline owns it); null when it may.</summary>
    Task<Error?> MayDeleteRepoAsync(DbRead db, RepoName repo) => Task.FromResult<Error?>(null);
}
