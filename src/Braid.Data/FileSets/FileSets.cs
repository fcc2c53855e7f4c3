using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.EditLogs;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.FileSets;

/// <summary>
/// File sets: 1 edits are logged, as for a commit; 2 the log becomes content, and is applied to nothing; 3 both are sealed, and
/// a row names them until it expires. Adding one to a commit applies its log there. They are read through
/// <see cref="Files"/>, as commits of the repo <see cref="FileSet.RepoName"/>; who knows the id may.
/// </summary>
public sealed class FileSets
{
    /// <summary>How long a file set lasts when nobody says.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan shortestLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longestLife = TimeSpan.FromMinutes(30);

    private readonly Database database;
    private readonly ContentStore store;
    private readonly FileReader reader;
    private readonly EditPublisher publisher;
    private readonly TimeProvider clock;
    private readonly IdSource ids;

    internal FileSets(
        Database database,
        ContentStore store,
        FileReader reader,
        EditPublisher publisher,
        TimeProvider clock,
        IdSource ids
    )
    {
        this.database = database;
        this.store = store;
        this.reader = reader;
        this.publisher = publisher;
        this.clock = clock;
        this.ids = ids;
    }

    /// <summary>Begins a file set; it is made when the edits are applied. The caller disposes of them.</summary>
    public Result<FileEdits<FileSet>> Begin(Caller caller) =>
        caller.MayWriteData("file sets") is { } refused
            ? refused
            : new FileEdits<FileSet>(
                caller,
                store,
                reader,
                (hold, log, stop) => SaveAsync(caller, hold, log, UsualLife, stop)
            );

    /// <summary>The files of a commit; when they are added somewhere, they replace files of the same paths.</summary>
    public Task<Result<FileSet>> OfCommitAsync(Caller caller, RepoName repo, CommitSpec spec, CancellationToken ct) =>
        MakeAsync(caller, repo, spec, (commit, log, stop) => LogWholeAsync(commit, log, stop), ct);

    /// <summary>What a commit changed in its parent.</summary>
    public Task<Result<FileSet>> OfChangesAsync(Caller caller, RepoName repo, CommitSpec spec, CancellationToken ct) =>
        MakeAsync(caller, repo, spec, (commit, log, stop) => LogChangesAsync(caller, commit, log, stop), ct);

    /// <summary>Applies a file set's changes to an open commit.</summary>
    public async Task<Result<Commit>> AddAsync(
        Caller caller,
        RepoName repo,
        CommitSpec target,
        Hex32 id,
        CancellationToken ct
    )
    {
        if (caller.MayWriteData($"repo {repo}") is { } refused)
        {
            return refused;
        }

        using var hold = store.Hold();
        if (!(await FindAsync(id, ct)).TryGet(out var set, out var error))
        {
            return error;
        }

        // A branch whose head is finished gets no new commit by this: the head that was meant is named by its id.
        var open = await database.ReadAsync(db => CommitResolver.ResolveAsync(db, repo, target), ct);
        return open.TryGet(out var commit, out error)
            ? await publisher.PublishAsync(
                hold,
                caller.Name,
                repo,
                CommitSpec.OfId(commit.FullName.Id),
                description: "",
                stop => ReadAsync(set, stop),
                ct
            )
            : error;
    }

    /// <summary>Lets a file set last this long from now.</summary>
    public async Task<Result<Unit>> RenewAsync(Caller caller, Hex32 id, TimeSpan life, CancellationToken ct)
    {
        if ((caller.MayWriteData("file sets") ?? CheckLife(life)) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        return await database.WriteAsync(db => FileSetTable.RenewAsync(db, id, now, now + life), ct)
            ? Unit.Value
            : Errors.FileSetNotFound(id);
    }

    /// <summary>One file set of many, as if their changes had been asked for one after the other.</summary>
    public async Task<Result<FileSet>> ComposeAsync(
        Caller caller,
        IReadOnlyList<Hex32> of,
        TimeSpan life,
        CancellationToken ct
    )
    {
        if ((caller.MayWriteData("file sets") ?? CheckLife(life)) is { } refused)
        {
            return refused;
        }

        using var hold = store.Hold();
        var logs = new List<FileContent>();
        foreach (var id in of)
        {
            if (!(await FindAsync(id, ct)).TryGet(out var set, out var missing))
            {
                return missing;
            }

            logs.Add(set.Log);
        }

        var log = await hold.ConcatAsync(logs, ct);
        return await SaveAsync(caller, hold, log, stop => ReadAsync(log, stop), life, ct);
    }

    /// <summary>
    /// Cuts a file set into ranges of paths, each of about as many files or bytes as asked for, which together are all paths.
    /// </summary>
    public async Task<Result<IReadOnlyList<PathShard>>> ShardAsync(
        Caller caller,
        Hex32 id,
        long files,
        long bytes,
        CancellationToken ct
    )
    {
        if (caller.MayReadData(FileSet.RepoName) is { } refused)
        {
            return refused;
        }

        if (!(await FindAsync(id, ct)).TryGet(out var set, out var missing))
        {
            return missing;
        }

        return Result.Ok(await new PathSharder(files, bytes).CutAsync(store.WalkAsync(set.Root, "/", null, ct)));
    }

    /// <summary>One step of the server's loop: removes what has expired.</summary>
    public async Task<bool> ExpireAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await database.ReadAsync(db => FileSetTable.AnyExpiredAsync(db, now), ct))
        {
            await database.WriteAsync(db => FileSetTable.DeleteExpiredAsync(db, now), ct);
        }

        return false;
    }

    private Task<Result<FileSet>> FindAsync(Hex32 id, CancellationToken ct) =>
        database.ReadAsync(db => FileSetTable.GetAsync(db, id, clock.GetUtcNow()), ct);

    private static Error? CheckLife(TimeSpan life) =>
        life < shortestLife ? Errors.FileSetLifeTooShort(life)
        : life > longestLife ? Errors.FileSetLifeTooLong(life, longestLife)
        : null;

    private async Task<Result<FileSet>> MakeAsync(
        Caller caller,
        RepoName repo,
        CommitSpec spec,
        Func<Commit, EditLog, CancellationToken, Task<Result<Unit>>> write,
        CancellationToken ct
    )
    {
        if (caller.MayWriteData("file sets") is { } refused)
        {
            return refused;
        }

        using var hold = store.Hold();
        if (!(await reader.CommitAsync(caller, repo, spec, ct)).TryGet(out var commit, out var error))
        {
            return error;
        }

        using var log = new EditLog(store);
        return (await write(commit, log, ct)).Error is { } failed
            ? failed
            : await SaveAsync(caller, hold, log, UsualLife, ct);
    }

    private static async Task<Result<Unit>> LogWholeAsync(Commit commit, EditLog log, CancellationToken ct)
    {
        if (commit.Files > 0)
        {
            await log.AddAsync(new FileEdit.Overlay(TreeEntry.OfTree(commit.Root, new(commit.Files, commit.Size))), ct);
        }

        return Unit.Value;
    }

    private async Task<Result<Unit>> LogChangesAsync(Caller caller, Commit commit, EditLog log, CancellationToken ct)
    {
        var before = TreeRoot.Empty;
        if (commit.Parent is { } parent)
        {
            var found = await reader.CommitAsync(caller, parent.Repo, CommitSpec.OfId(parent.Id), ct);
            if (!found.TryGet(out var old, out var error))
            {
                return error;
            }

            before = old.Root;
        }

        await foreach (var change in store.DiffAsync(before, commit.Root, "/", ct))
        {
            if (change.New is { Content: { } content })
            {
                await log.AddAsync(new FileEdit.Put(change.Path, content), ct);
            }
            else if (change is { New: null, Old.Kind: EntryKind.File })
            {
                await log.AddAsync(new FileEdit.DeleteFile(change.Path), ct);
            }
        }

        return Unit.Value;
    }

    private async Task<Result<FileSet>> SaveAsync(
        Caller caller,
        ContentHold hold,
        EditLog log,
        TimeSpan life,
        CancellationToken ct
    ) => await SaveAsync(caller, hold, await hold.WriteAsync(await log.OpenReadAsync(ct), ct), log.ReadAsync, life, ct);

    private async Task<Result<FileSet>> SaveAsync(
        Caller caller,
        ContentHold hold,
        FileContent log,
        EditSource edits,
        TimeSpan life,
        CancellationToken ct
    )
    {
        // 2
        // What two tags wrote counts where the file set is added: there it may meet more.
        var ledger = new DatumLedger(hold, TreeRoot.Empty, DatumMarks.None);
        var composed = await TreeComposer.ComposeAsync(hold, TreeRoot.Empty, ledger, edits, ct);
        if (!composed.TryGet(out var tree, out var error))
        {
            return error;
        }

        if (!(await LooseParts.CollectAsync(hold, tree.Root, edits, ct)).TryGet(out var parts, out error))
        {
            return error;
        }

        // 3
        if (((await hold.SealAsync(parts, ct)).Error ?? (await hold.SealAsync(log, ct)).Error) is { } gone)
        {
            return gone;
        }

        var now = clock.GetUtcNow();
        var set = new FileSet
        {
            Id = ids.Next(),
            Log = log,
            Root = tree.Root,
            Parts = parts,
            Files = tree.Stats.Files,
            Size = tree.Stats.Size,
            Made = now,
            MadeBy = caller.Name,
            Expires = now + life,
        };
        await database.WriteAsync(db => FileSetTable.InsertAsync(db, set), ct);
        return set;
    }

    private IAsyncEnumerable<FileEdit> ReadAsync(FileSet set, CancellationToken ct) => ReadAsync(set.Log, ct);

    private async IAsyncEnumerable<FileEdit> ReadAsync(FileContent log, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var bytes = store.OpenRead(log);
        await foreach (var edit in EditReader.ReadAsync(bytes, ct))
        {
            yield return edit;
        }
    }
}
