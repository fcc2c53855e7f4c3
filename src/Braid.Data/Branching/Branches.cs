using Braid.Access.Callers;
using Braid.Data.Annotations;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Branching;

/// <summary>Making, moving, showing and removing branches.</summary>
public sealed class Branches
{
    private readonly Database database;
    private readonly DataTransactions transactions;

    internal Branches(Database database, DataTransactions transactions)
    {
        this.database = database;
        this.transactions = transactions;
    }

    /// <summary>Makes a branch or changes it to what is asked, then propagates.</summary>
    public async Task<Result<Unit>> CreateAsync(
        Caller caller,
        BranchName branch,
        BranchChange change,
        CancellationToken ct
    ) =>
        caller.MayWriteData($"branch {branch}") is { } refused
            ? refused
            : await transactions.RunAsync(caller.Name, tx => CreateAsync(tx, branch, change), ct);

    /// <inheritdoc cref="CreateAsync(Caller, BranchName, BranchChange, CancellationToken)"/>
    public Task<Result<Unit>> CreateAsync(DataTransaction transaction, BranchName branch, BranchChange change) =>
        BranchEditor.ApplyAsync(transaction, branch, change);

    public async Task<Result<Branch>> InspectAsync(Caller caller, BranchName branch, CancellationToken ct)
    {
        if (caller.MayReadData($"{branch.Repo}") is { } refused)
        {
            return refused;
        }

        return await database.ReadAsync<Result<Branch>>(
            async db =>
                (await RepoTable.GetAsync(db, branch.Repo)).Error is { } missing ? missing
                : await FindAsync(db, branch) is { } found ? found
                : Errors.BranchNotFound(branch),
            ct
        );
    }

    /// <summary>As <see cref="InspectAsync"/>, in another domain's session; null when there is none.</summary>
    public async Task<Branch?> FindAsync(DbRead db, BranchName branch) =>
        await BranchTable.FindAsync(db, branch) is { } row ? await LoadAsync(db, row) : null;

    /// <summary>A repo's branches, newest first.</summary>
    public async Task<Result<IReadOnlyList<Branch>>> ListAsync(Caller caller, RepoName repo, CancellationToken ct)
    {
        if (caller.MayReadData($"{repo}") is { } refused)
        {
            return refused;
        }

        return await database.ReadAsync(db => ListAsync(db, repo), ct);
    }

    /// <summary>Removes a branch (its commits stay); one that others depend on only by <paramref name="force"/>.</summary>
    public async Task<Result<Unit>> DeleteAsync(Caller caller, BranchName branch, bool force, CancellationToken ct) =>
        caller.MayWriteData($"branch {branch}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller,
                new("branch.delete", $"{branch}"),
                tx => DeleteAsync(tx, branch, force),
                ct
            );

    /// <inheritdoc cref="DeleteAsync(Caller, BranchName, bool, CancellationToken)"/>
    public async Task<Result<Unit>> DeleteAsync(DataTransaction transaction, BranchName branch, bool force)
    {
        var db = transaction.Db;
        if ((await RepoTable.GetAsync(db, branch.Repo)).Error is { } missing)
        {
            return missing;
        }

        if (!(await BranchTable.GetAsync(db, branch)).TryGet(out var row, out var error))
        {
            return error;
        }

        if (!force && await BranchTable.DependentsAsync(db, row.Id) is [var dependent, ..])
        {
            return Errors.BranchHasSubvenance(branch, dependent.FullName);
        }

        transaction.Forget(row.Id);
        await BranchTable.DeleteAsync(db, row.Id);
        db.Announce(Topics.Repo(branch.Repo));
        return Unit.Value;
    }

    private static async Task<Result<IReadOnlyList<Branch>>> ListAsync(DbRead db, RepoName repo)
    {
        if (!(await RepoTable.GetAsync(db, repo)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        // Few of many branches depend on others or are depended on.
        var linked = (await BranchTable.LinkedAsync(db, row.Id)).ToHashSet();
        var branches = new List<Branch>();
        foreach (var branch in await BranchTable.OfRepoAsync(db, row.Id))
        {
            branches.Add(linked.Contains(branch.Id) ? await LoadAsync(db, branch) : Complete(branch, [], [], []));
        }

        return branches;
    }

    internal static async Task<Branch> LoadAsync(DbRead db, BranchRow row)
    {
        var upstream = await BranchTable.UpstreamAsync(db, row.Id);
        var downstream = await BranchTable.DownstreamAsync(db, row.Id);
        var edges = await BranchTable.ProvenanceAsync(db, row.Id);
        return Complete(row, upstream, downstream, edges);
    }

    private static Branch Complete(
        BranchRow row,
        IReadOnlyList<BranchRow> upstream,
        IReadOnlyList<BranchRow> downstream,
        IReadOnlyList<ProvenanceRow> edges
    )
    {
        var names = upstream.ToDictionary(branch => branch.Id, branch => branch.FullName);
        return new()
        {
            Name = row.FullName,
            Head = row.HeadSet is { } head ? new CommitName(row.FullName.Repo, head) : null,
            DirectProvenance = [.. edges.Select(edge => names[edge.UpstreamId])],
            NeverPropagates = [.. edges.Where(edge => edge.Never).Select(edge => names[edge.UpstreamId])],
            Provenance = [.. upstream.Select(branch => branch.FullName)],
            Subvenance = [.. downstream.Select(branch => branch.FullName)],
            Trigger = TriggerText.Read(row.TriggerSpec),
            CreatedAt = row.CreatedAt,
            CreatedBy = row.CreatedBy,
            UpdatedAt = row.UpdatedAt,
            Annotations = AnnotationText.Read(row.Annotations),
        };
    }
}
