using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Data.Overlaps;

/// <summary>Tells when the same file comes to lie on two sides that must have none in common: train, validation and test.</summary>
public sealed class Overlaps
{
    private readonly Database database;
    private readonly DataTransactions transactions;
    private readonly TimeProvider clock;
    private readonly OverlapCheck check;

    internal Overlaps(Database database, ContentStore store, DataTransactions transactions, TimeProvider clock)
    {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        check = new(database, store);
    }

    /// <summary>Says what a repo is for. What it holds already is checked, then every commit that is finished in it.</summary>
    public async Task<Result<Unit>> SetRoleAsync(Caller caller, RepoName repo, string role, CancellationToken ct)
    {
        if (caller.MayWriteData($"repo {repo}") is { } refused)
        {
            return refused;
        }

        return RepoRole.IsRole(role)
            ? await transactions.RunAsync(
                caller,
                new("repo.role", $"{repo}", role == RepoRole.None ? "none" : role),
                tx => SetRoleAsync(tx, repo, role),
                ct
            )
            : Errors.NoSuchRole(role);
    }

    /// <summary>
    /// What a commit has in common with the repos of other roles, once that is known, but after <paramref name="patience"/>
    /// at the latest.
    /// </summary>
    public async Task<Result<OverlapReport>> ReportAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        TimeSpan patience,
        CancellationToken ct
    )
    {
        if (caller.MayReadData($"{repo}") is { } refused)
        {
            return refused;
        }

        using var watch = database.Changes.Watch(Topics.Overlaps);
        var deadline = clock.GetUtcNow() + patience;
        while (true)
        {
            var look = await database.ReadAsync(db => LookAsync(db, repo, commit), ct);
            var left = deadline - clock.GetUtcNow();
            if (!look.IsOk || !look.Value.IsWaiting || left <= TimeSpan.Zero)
            {
                return look;
            }

            await watch.NextAsync(left, ct);
        }
    }

    /// <summary>Checks the next commit that waits for it; false when none does.</summary>
    public Task<bool> StepAsync(CancellationToken ct) => check.StepAsync(ct);

    private static async Task<Result<Unit>> SetRoleAsync(DataTransaction tx, RepoName repo, string role)
    {
        if (!(await RepoTable.GetAsync(tx.Db, repo)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        if (row.Role != role)
        {
            await OverlapTable.SetRoleAsync(tx.Db, row, role);
            tx.Db.Announce(Topics.Repo(repo));
        }

        return Unit.Value;
    }

    private static async Task<Result<OverlapReport>> LookAsync(DbRead db, RepoName repo, CommitSpec spec)
    {
        if (!(await RepoTable.GetAsync(db, repo)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        if (!(await CommitResolver.ResolveAsync(db, repo, spec)).TryGet(out var commit, out missing))
        {
            return missing;
        }

        var isWaiting = await OverlapTable.IsQueuedAsync(db, commit.Id);
        return !isWaiting && await OverlapTable.ReportAsync(db, commit.Id) is { } report
            ? new OverlapReport(
                commit.FullName,
                row.Role,
                IsChecked: true,
                IsWaiting: false,
                report.Count,
                [.. report.Pairs.Select(pair => pair.ToOverlap())]
            )
            : new OverlapReport(commit.FullName, row.Role, IsChecked: false, isWaiting, 0, []);
    }
}
