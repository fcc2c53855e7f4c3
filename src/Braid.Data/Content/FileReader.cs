using Braid.Access.Callers;
using Braid.Data.FileSets;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>Finds commits and entries to read from.</summary>
internal sealed class FileReader(Database database, ContentStore store, TimeProvider clock)
{
    /// <summary>
    /// The commit to read. One that failed is refused, and so is an output commit that its job has not finished; an open
    /// commit of a user shows what was written so far.
    /// </summary>
    public async Task<Result<Commit>> CommitAsync(Caller caller, RepoName repo, CommitSpec spec, CancellationToken ct)
    {
        if (caller.MayReadData($"{repo}") is { } refused)
        {
            return refused;
        }

        if (repo.Name == FileSet.RepoName)
        {
            return await FileSetAsync(repo, spec, ct);
        }

        var found = await database.ReadAsync(db => LoadAsync(db, repo, spec), ct);
        if (!found.TryGet(out var commit, out _))
        {
            return found;
        }

        return commit.IsForgotten ? Errors.CommitForgotten(commit.Name)
            : commit.HasFailed ? Errors.CommitFailed(commit.Name, commit.Error)
            : commit.IsOutput && !commit.IsFinished ? Errors.OutputCommitOpen(commit.Name)
            : found;
    }

    private async Task<Result<Commit>> FileSetAsync(RepoName repo, CommitSpec spec, CancellationToken ct) =>
        spec.Id is { } id
            ? (await database.ReadAsync(db => FileSetTable.GetAsync(db, id.Value, clock.GetUtcNow()), ct)).Select(set =>
                set.ToCommit(repo)
            )
            : Errors.FileSetNeedsId($"{spec}");

    /// <summary>The file or directory that a path names.</summary>
    public async Task<Result<FoundFile>> FindAsync(Caller caller, FileAt file, CancellationToken ct)
    {
        if (!(await CommitAsync(caller, file.Repo, file.Commit, ct)).TryGet(out var commit, out var error))
        {
            return error;
        }

        var path = FilePath.Stored(file.Path);
        var entry = await store.FindAsync(commit.Root, path, ct) ?? (path == "/" ? FilePath.EmptyRoot : null);
        return entry is null ? Errors.FileNotFound(path, commit.Name) : new FoundFile(commit, entry);
    }

    /// <summary>An entry and everything below it.</summary>
    public IAsyncEnumerable<TreeEntry> Walk(FoundFile from, string? after, CancellationToken ct) =>
        from.Entry.Kind == EntryKind.Directory
            ? store.WalkAsync(from.Commit.Root, from.Entry.Path, after, ct)
            : One(from.Entry);

    /// <summary>A listing of one entry.</summary>
    public static async IAsyncEnumerable<TreeEntry> One(TreeEntry entry)
    {
        await Task.CompletedTask;
        yield return entry;
    }

    private static async Task<Result<Commit>> LoadAsync(DbRead db, RepoName repo, CommitSpec spec) =>
        (await CommitResolver.ResolveAsync(db, repo, spec)).TryGet(out var row, out var error)
            ? await CommitReader.LoadAsync(db, row)
            : error;
}
