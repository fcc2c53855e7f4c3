using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Data.Globbing;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>Reading and writing the files of commits.</summary>
public sealed class Files
{
    private readonly Database database;
    private readonly ContentStore store;
    private readonly FileReader reader;
    private readonly EditPublisher publisher;

    internal Files(Database database, ContentStore store, FileReader reader, EditPublisher publisher)
    {
        this.database = database;
        this.store = store;
        this.reader = reader;
        this.publisher = publisher;
    }

    /// <summary>
    /// Begins to change files of an open commit, or of a branch: a branch whose head is open is written to there; one that
    /// is missing or whose head is finished gets one new, finished commit when the edits are applied. The caller disposes of
    /// the edits.
    /// </summary>
    public Task<Result<FileEdits<Commit>>> EditAsync(
        Caller caller,
        RepoName repo,
        CommitSpec target,
        CancellationToken ct
    ) => EditAsync(caller, repo, target, description: "", ct);

    /// <inheritdoc cref="EditAsync(Caller, RepoName, CommitSpec, CancellationToken)"/>
    /// <param name="description">What a new commit says of itself; an open one keeps its own.</param>
    public async Task<Result<FileEdits<Commit>>> EditAsync(
        Caller caller,
        RepoName repo,
        CommitSpec target,
        string description,
        CancellationToken ct
    )
    {
        // Looked at again when the edits are applied; this look spares an upload that would be refused.
        var found = await CheckTargetAsync(caller, repo, target, ct);
        return found.Select(_ => new FileEdits<Commit>(
            caller,
            store,
            reader,
            (hold, log, stop) =>
                publisher.PublishAsync(hold, caller.Name, repo, target, description, log.ReadAsync, stop)
        ));
    }

    /// <summary>Whether edits may go there, as of now.</summary>
    internal async Task<Result<Unit>> CheckTargetAsync(
        Caller caller,
        RepoName repo,
        CommitSpec target,
        CancellationToken ct
    ) =>
        caller.MayWriteRepo($"{repo}") is { } refused
            ? refused
            : (await database.ReadAsync(db => EditTarget.FindAsync(db, repo, target), ct)).Select(_ => Unit.Value);

    /// <summary>Opens the one regular file that the path names or the glob matches.</summary>
    public async Task<Result<OpenedFile>> OpenAsync(Caller caller, FileAt file, CancellationToken ct)
    {
        var found = Glob.IsPattern(file.Path)
            ? await OnlyMatchAsync(caller, file, ct)
            : await reader.FindAsync(caller, file, ct);
        return found.TryGet(out var only, out var error) ? Open(caller, only) : error;
    }

    /// <summary>Opens an entry that was listed or found before.</summary>
    public Result<OpenedFile> Open(Caller caller, FoundFile file) =>
        caller.MayReadData($"{file.Commit.Name.Repo}") is { } refused ? refused
        : file.Entry.Content is { } content ? new OpenedFile(store, file.Commit, file.Entry, content)
        : Errors.NotRegularFile();

    public Task<Result<FoundFile>> InspectAsync(Caller caller, FileAt file, CancellationToken ct) =>
        reader.FindAsync(caller, file, ct);

    /// <summary>A directory's children; of a file, the file itself.</summary>
    public async Task<Result<FileListing>> ListAsync(
        Caller caller,
        FileAt directory,
        ListOptions options,
        CancellationToken ct
    )
    {
        if (!(await reader.FindAsync(caller, directory, ct)).TryGet(out var found, out var error))
        {
            return error;
        }

        return new FileListing(
            found.Commit,
            found.Entry.Kind == EntryKind.Directory
                ? store.ListAsync(found.Commit.Root, found.Entry.Path, options, ct)
                : FileReader.One(found.Entry)
        );
    }

    /// <summary>A directory and everything below it; of a file, the file itself.</summary>
    public async Task<Result<FileListing>> WalkAsync(
        Caller caller,
        FileAt directory,
        string? after,
        CancellationToken ct
    ) =>
        (await reader.FindAsync(caller, directory, ct)).TryGet(out var found, out var error)
            ? new FileListing(found.Commit, reader.Walk(found, after, ct))
            : error;

    /// <summary>As <see cref="WalkAsync"/>, last path first.</summary>
    /// <param name="before">Only what comes before this path, when it is given.</param>
    public async Task<Result<FileListing>> WalkBackAsync(
        Caller caller,
        FileAt directory,
        string? before,
        CancellationToken ct
    ) =>
        (await reader.FindAsync(caller, directory, ct)).TryGet(out var found, out var error)
            ? new FileListing(
                found.Commit,
                found.Entry.Kind == EntryKind.Directory
                    ? store.WalkBackAsync(found.Commit.Root, found.Entry.Path, before, ct)
                    : FileReader.One(found.Entry)
            )
            : error;

    /// <summary>Every file and directory whose path starts with the text of <paramref name="prefix"/>'s path, which starts with a slash.</summary>
    public async Task<Result<FileListing>> WalkPrefixAsync(
        Caller caller,
        FileAt prefix,
        string? after,
        CancellationToken ct
    ) =>
        (await reader.CommitAsync(caller, prefix.Repo, prefix.Commit, ct)).TryGet(out var commit, out var error)
            ? new FileListing(commit, store.WalkAsync(commit.Root, prefix.Path, after, ct))
            : error;

    /// <summary>What a glob pattern matches; a directory that matches is one result.</summary>
    public Task<Result<FileListing>> GlobAsync(Caller caller, FileAt pattern, CancellationToken ct) =>
        GlobAsync(caller, pattern, from: "", ct);

    /// <summary>As above, for whoever wants nothing before the path <paramref name="from"/>, although some may be told.</summary>
    public async Task<Result<FileListing>> GlobAsync(Caller caller, FileAt pattern, string from, CancellationToken ct)
    {
        if (!Glob.Parse(pattern.Path).TryGet(out var glob, out var bad))
        {
            return bad;
        }

        return (await reader.CommitAsync(caller, pattern.Repo, pattern.Commit, ct)).TryGet(
            out var commit,
            out var error
        )
            ? new FileListing(commit, MatchesAsync(commit, glob, from, ct))
            : error;
    }

    /// <summary>What a glob pattern matches; not found when that is nothing.</summary>
    private async Task<Result<FileListing>> GlobSomeAsync(Caller caller, FileAt pattern, CancellationToken ct)
    {
        if (!(await GlobAsync(caller, pattern, ct)).TryGet(out var matches, out var error))
        {
            return error;
        }

        return await matches.Entries.AnyAsync(ct) ? matches : Errors.FileNotFound(pattern.Path, matches.Commit.Name);
    }

    /// <summary>What a glob pattern matches, with everything below the directories it matches, each once; not found when that is nothing.</summary>
    public async Task<Result<FileListing>> GlobDeepAsync(Caller caller, FileAt pattern, CancellationToken ct) =>
        (await GlobSomeAsync(caller, pattern, ct)).TryGet(out var matches, out var error)
            ? matches with
            {
                Entries = ExpandAsync(matches, ct),
            }
            : error;

    /// <summary>
    /// What changed from <paramref name="old"/> (null: the parent of the new commit) to <paramref name="now"/>. Entries
    /// pair by their own paths: what lies at only one of two different places is told as added, or as removed.
    /// </summary>
    public async Task<Result<FileDifferences>> DiffAsync(Caller caller, FileAt now, FileAt? old, CancellationToken ct)
    {
        if (!(await reader.CommitAsync(caller, now.Repo, now.Commit, ct)).TryGet(out var commit, out var error))
        {
            return error;
        }

        var before =
            old ?? (commit.Parent is { } parent ? new FileAt(now.Repo, CommitSpec.OfId(parent.Id), now.Path) : null);
        if (before is not { } other)
        {
            return new FileDifferences(
                commit,
                null,
                store.DiffAsync(TreeRoot.Empty, commit.Root, FilePath.Stored(now.Path), ct)
            );
        }

        if (!(await reader.CommitAsync(caller, other.Repo, other.Commit, ct)).TryGet(out var oldCommit, out error))
        {
            return error;
        }

        return new FileDifferences(commit, oldCommit, Differences(commit, oldCommit, other.Path, now.Path, ct));
    }

    private IAsyncEnumerable<TreeChange> Differences(
        Commit now,
        Commit old,
        string oldPath,
        string path,
        CancellationToken ct
    )
    {
        var (before, after) = (FilePath.Stored(oldPath), FilePath.Stored(path));
        return before == after
            ? store.DiffAsync(old.Root, now.Root, after, ct)
            : TwoPlaces.CompareAsync(WalkAnyAsync(old, before, ct), WalkAnyAsync(now, after, ct));
    }

    /// <summary>What is at the path and below it, which may be nothing.</summary>
    private async IAsyncEnumerable<TreeEntry> WalkAnyAsync(
        Commit commit,
        string path,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (await store.FindAsync(commit.Root, path, ct) is not { } entry)
        {
            yield break;
        }

        await foreach (var found in reader.Walk(new(commit, entry), null, ct))
        {
            yield return found;
        }
    }

    private async Task<Result<FoundFile>> OnlyMatchAsync(Caller caller, FileAt pattern, CancellationToken ct)
    {
        if (!(await GlobAsync(caller, pattern, ct)).TryGet(out var matches, out var error))
        {
            return error;
        }

        TreeEntry? only = null;
        await foreach (var entry in matches.Entries)
        {
            if (only is not null)
            {
                return Errors.ManyFiles();
            }

            only = entry;
        }

        return only is null
            ? Errors.FileNotFound(pattern.Path, matches.Commit.Name)
            : new FoundFile(matches.Commit, only);
    }

    private async IAsyncEnumerable<TreeEntry> MatchesAsync(
        Commit commit,
        Glob glob,
        string from,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var match in GlobSearch.FindAsync(store, commit.Root, glob, from, ct))
        {
            yield return match.Entry;
        }
    }

    private async IAsyncEnumerable<TreeEntry> ExpandAsync(
        FileListing matches,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        string? expanded = null;
        await foreach (var match in matches.Entries)
        {
            if (expanded is not null && match.Path.StartsWith(expanded, StringComparison.Ordinal))
            {
                continue;
            }

            expanded = match.Kind == EntryKind.Directory ? match.Path : null;
            await foreach (var entry in reader.Walk(new(matches.Commit, match), null, ct))
            {
                yield return entry;
            }
        }
    }
}
