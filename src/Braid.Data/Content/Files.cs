using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>Reading and writing the files of commits.</summary>
public sealed class Files(Database database, ContentStore content, DataTransactions transactions)
{
    /// <summary>
    /// Begins to change files of an open commit, or of a branch: a branch whose head is open is written to there; one that
    /// is missing or whose head is finished gets one new, finished commit when the edits are applied.
    /// </summary>
    public Task<Result<FileEdits>> EditAsync(Caller caller, RepoName repo, CommitSpec target, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Opens the one regular file that the path names or the glob matches.</summary>
    public Task<Result<OpenedFile>> OpenAsync(Caller caller, FileAt file, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<FoundFile>> InspectAsync(Caller caller, FileAt file, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>A directory's children; of a file, the file itself.</summary>
    public Task<Result<FileListing>> ListAsync(
        Caller caller,
        FileAt directory,
        ListOptions options,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>A directory and everything below it; of a file, the file itself.</summary>
    public Task<Result<FileListing>> WalkAsync(Caller caller, FileAt directory, string? after, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Every file and directory whose path starts with the text of <paramref name="prefix"/>'s path.</summary>
    public Task<Result<FileListing>> WalkPrefixAsync(
        Caller caller,
        FileAt prefix,
        string? after,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>What a glob pattern matches; a directory that matches is one result.</summary>
    public Task<Result<FileListing>> GlobAsync(Caller caller, FileAt pattern, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>What changed from <paramref name="old"/> (null: the parent of the new commit) to <paramref name="now"/>.</summary>
    public Task<Result<FileDifferences>> DiffAsync(Caller caller, FileAt now, FileAt? old, CancellationToken ct) =>
        throw new NotImplementedException();
}
