using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Data.Sets;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.History;

/// <summary>Starting, finishing, showing and following commits.</summary>
public sealed class Commits
{
    private readonly Database database;
    private readonly DataTransactions transactions;
    private readonly CommitFeed feed;
    private readonly Removal removal;

    internal Commits(Database database, DataTransactions transactions)
    {
        this.database = database;
        this.transactions = transactions;
        feed = new(database);
        removal = new(transactions);
    }

    /// <summary>Opens a commit on a branch (made when missing) on top of <paramref name="parent"/>, or of its head.</summary>
    public async Task<Result<Commit>> StartAsync(
        Caller caller,
        BranchName branch,
        CommitSpec? parent,
        string description,
        CancellationToken ct
    ) =>
        caller.MayWriteRepo($"{branch.Repo}") is { } refused
            ? refused
            : await transactions.RunAsync(caller.Name, tx => StartAsync(tx, branch, parent, description), ct);

    /// <inheritdoc cref="StartAsync(Caller, BranchName, CommitSpec, string, CancellationToken)"/>
    public async Task<Result<Commit>> StartAsync(
        DataTransaction transaction,
        BranchName branch,
        CommitSpec? parent,
        string description
    ) =>
        (await CommitWriter.StartAsync(transaction, branch, parent, description)).TryGet(out var row, out var error)
            ? await CommitReader.LoadAsync(transaction.Db, row)
            : error;

    /// <summary>
    /// Closes a commit. An <paramref name="error"/> marks it as failed; a <paramref name="description"/> that is not empty
    /// replaces the one it has; <paramref name="force"/> closes output commits too.
    /// </summary>
    public async Task<Result<Commit>> FinishAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        string description,
        string error,
        bool force,
        CancellationToken ct
    ) =>
        caller.MayWriteRepo($"{repo}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller.Name,
                tx => FinishAsync(tx, repo, commit, description, error, force),
                ct
            );

    /// <inheritdoc cref="FinishAsync(Caller, RepoName, CommitSpec, string, string, bool, CancellationToken)"/>
    public async Task<Result<Commit>> FinishAsync(
        DataTransaction transaction,
        RepoName repo,
        CommitSpec commit,
        string description,
        string error,
        bool force
    )
    {
        var db = transaction.Db;
        if (!(await CommitResolver.ResolveAsync(db, repo, commit)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        if (row.IsFinished)
        {
            return Errors.CommitFinished(row.FullName);
        }

        if (!force && await CommitTable.IsOutputAsync(db, row.Id) && await IsFinishedByOthersAsync(db, repo))
        {
            return Errors.FinishOutput();
        }

        return await CommitReader.LoadAsync(db, await CommitWriter.FinishAsync(transaction, row, description, error));
    }

    /// <summary>
    /// Closes an output commit with the tree that its job made (flushed already), or with an error; a commit that is closed
    /// already is refused.
    /// </summary>
    public Task<Result<Commit>> FinishOutputAsync(
        DbWrite db,
        CommitName commit,
        TreeRoot root,
        TreeStats stats,
        string? error
    ) => transactions.JoinAsync(db, "braid", tx => FinishOutputAsync(tx, commit, new(root, stats), error ?? ""));

    /// <summary>Shows a commit once it has reached <paramref name="wait"/>.</summary>
    public async Task<Result<Commit>> InspectAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        CommitState wait,
        CancellationToken ct
    )
    {
        if (caller.MayReadData($"{repo}") is { } refused)
        {
            return refused;
        }

        var first = await database.ReadAsync(db => ResolveAsync(db, repo, commit), ct);
        return first.TryGet(out var found, out _) ? await feed.ReachAsync(found.Name, wait, ct) : first;
    }

    /// <summary>The commit that the text points at, in another domain's session.</summary>
    public async Task<Result<Commit>> ResolveAsync(DbRead db, RepoName repo, CommitSpec commit) =>
        (await CommitResolver.ResolveAsync(db, repo, commit)).TryGet(out var row, out var error)
            ? await CommitReader.LoadAsync(db, row)
            : error;

    /// <summary>A few commits of users' repos whose id begins with these lower-case hex digits.</summary>
    public async Task<IReadOnlyList<CommitName>> BeginningAsync(
        Caller caller,
        string digits,
        int most,
        CancellationToken ct
    ) =>
        [
            .. (await database.ReadAsync(db => CommitTable.BeginningAsync(db, digits, most), ct))
                .Select(row => row.FullName)
                .Where(commit => caller.MayReadData($"{commit.Repo}") is null),
        ];

    /// <summary>The commit of that name in another domain's session; null when there is none.</summary>
    public async Task<Commit?> FindAsync(DbRead db, CommitName commit) =>
        await CommitTable.FindAsync(db, commit) is { } row ? await CommitReader.LoadAsync(db, row) : null;

    /// <summary>The commits of a set, strictly, provenance first, in another domain's session.</summary>
    public async Task<IReadOnlyList<Commit>> OfSetAsync(DbRead db, CommitSetId set) =>
        await CommitReader.LoadAsync(db, await CommitTable.OfSetAsync(db, set));

    /// <summary>Commits of a repo, newest first.</summary>
    public Task<Result<IAsyncEnumerable<Commit>>> ListAsync(
        Caller caller,
        RepoName repo,
        CommitQuery query,
        CancellationToken ct
    ) =>
        caller.MayReadData($"{repo}") is { } refused
            ? Task.FromResult<Result<IAsyncEnumerable<Commit>>>(refused)
            : new CommitListing(database).ListAsync(repo, query, ct);

    /// <summary>
    /// The commits made on a branch (null: on any of the repo) after <paramref name="from"/>, oldest first, each once it has
    /// reached <paramref name="state"/>; never ends by itself.
    /// </summary>
    public Task<Result<IAsyncEnumerable<Commit>>> SubscribeAsync(
        Caller caller,
        RepoName repo,
        string? branch,
        CommitSpec? from,
        CommitState state,
        CommitOrigin? origin,
        CancellationToken ct
    ) =>
        caller.MayReadData($"{repo}") is { } refused
            ? Task.FromResult<Result<IAsyncEnumerable<Commit>>>(refused)
            : feed.SubscribeAsync(repo, branch, from, state, origin, ct);

    /// <summary>
    /// Removes a commit whose content lives on in finished children; when <paramref name="recursive"/>, with everything that
    /// was made from it.
    /// </summary>
    public async Task<Result<Unit>> SquashAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        bool recursive,
        CancellationToken ct
    ) =>
        caller.MayWriteData($"repo {repo}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller,
                new("commit.squash", $"{repo}@{commit}"),
                tx => removal.SquashAsync(tx, repo, commit, recursive),
                ct
            );

    /// <summary>
    /// Removes the newest commit of its line with what it wrote; when <paramref name="recursive"/>, with everything that was
    /// made from it.
    /// </summary>
    public async Task<Result<Unit>> DropAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        bool recursive,
        CancellationToken ct
    ) =>
        caller.MayWriteData($"repo {repo}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller,
                new("commit.drop", $"{repo}@{commit}"),
                tx => removal.DropAsync(tx, repo, commit, recursive),
                ct
            );

    /// <summary>Gives up a commit's files and keeps its record.</summary>
    public async Task<Result<Unit>> ForgetAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        CancellationToken ct
    ) =>
        caller.MayWriteData($"repo {repo}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller,
                new("commit.forget", $"{repo}@{commit}"),
                tx => Forgetting.ForgetAsync(tx, repo, commit),
                ct
            );

    /// <summary>Takes back everything written to an open commit.</summary>
    public async Task<Result<Unit>> ClearAsync(Caller caller, RepoName repo, CommitSpec commit, CancellationToken ct) =>
        caller.MayWriteRepo($"{repo}") is { } refused
            ? refused
            : await transactions.RunAsync(caller.Name, tx => ClearAsync(tx, repo, commit), ct);

    private async Task<bool> IsFinishedByOthersAsync(DbRead db, RepoName repo)
    {
        foreach (var listener in transactions.Listeners)
        {
            if (await listener.FinishesOutputsOfAsync(db, repo))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<Result<Unit>> ClearAsync(DataTransaction tx, RepoName repo, CommitSpec commit)
    {
        if (!(await CommitResolver.ResolveAsync(tx.Db, repo, commit)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        if (row.IsFinished)
        {
            return Errors.ClearFinished(row.FullName);
        }

        await CommitWriter.ResetAsync(tx, row);
        tx.AnnounceCommit(row.FullName);
        return Unit.Value;
    }

    private static async Task<Result<Commit>> FinishOutputAsync(
        DataTransaction tx,
        CommitName commit,
        CommitTree tree,
        string error
    )
    {
        if (await CommitTable.FindAsync(tx.Db, commit) is not { } row)
        {
            return Errors.CommitNotFound($"{commit}");
        }

        if (row.IsFinished)
        {
            return Errors.CommitFinished(commit);
        }

        if (error.Length == 0)
        {
            await CommitTable.WriteTreeAsync(tx.Db, row.Id, tree, DatumMarks.None);
        }

        return await CommitReader.LoadAsync(tx.Db, await CommitWriter.FinishAsync(tx, row, "", error));
    }
}
