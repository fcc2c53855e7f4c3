using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Primitives.Cron;

namespace Braid.Data.Branching;

/// <summary>
/// Moves branches whose triggers go by the clock: 1 look for schedules that have come due since their branch was last looked
/// after; 2 for each, in one transaction, look again, note the time, and point the branch at what the watched one holds.
/// </summary>
public sealed class CronTriggers
{
    private readonly Database database;
    private readonly DataTransactions transactions;
    private readonly TimeProvider clock;

    internal CronTriggers(Database database, DataTransactions transactions, TimeProvider clock)
    {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// <summary>One step of the server's loop; never more to do at once, since every branch that is due is looked after.</summary>
    /// <exception cref="InvalidOperationException">Some trigger could not fire; the others have.</exception>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        // 1
        var now = clock.GetUtcNow();
        var candidates = await database.ReadAsync(db => BranchTable.WithTriggerAsync(db), ct);
        var refusals = new List<string>();
        foreach (var branch in candidates.Where(branch => IsDue(branch, now)))
        {
            // 2
            if ((await transactions.RunAsync("braid", tx => FireAsync(tx, branch.FullName), ct)).Error is { } error)
            {
                refusals.Add($"branch {branch.FullName}: {error.Message}");
            }
        }

        return refusals.Count == 0
            ? false
            : throw new InvalidOperationException($"triggers could not fire: {string.Join("; ", refusals)}");
    }

    private static bool IsDue(BranchRow branch, DateTimeOffset now) =>
        TriggerText.Read(branch.TriggerSpec) is { CronSpec.Length: > 0 } trigger
        && CronSchedule.TryParse(trigger.CronSpec, out var schedule)
        && schedule.Next(branch.TriggerAt ?? branch.UpdatedAt) <= now;

    private static async Task<Result<Unit>> FireAsync(DataTransaction tx, BranchName name)
    {
        // Another server may have been first, or the branch may have gone.
        if (await BranchTable.FindAsync(tx.Db, name) is not { } branch || !IsDue(branch, tx.Now))
        {
            return Unit.Value;
        }

        await BranchTable.NoteTriggerTimeAsync(tx, branch.Id);
        var watched = new BranchName(name.Repo, TriggerText.Read(branch.TriggerSpec)?.Branch ?? "");
        if (await NewestGoodAsync(tx.Db, watched) is { } commit && commit.Id != branch.HeadId)
        {
            await tx.MoveAsync(branch, commit.Id);
            foreach (var move in await Triggers.MovesAsync(tx.Db, commit, branch.Name))
            {
                await tx.MoveAsync(move.Branch, commit.Id);
            }
        }

        return Unit.Value;
    }

    /// <summary>The newest commit of a branch that has finished without an error.</summary>
    private static async Task<CommitRow?> NewestGoodAsync(DbRead db, BranchName name)
    {
        var next = (await BranchTable.FindAsync(db, name))?.HeadId;
        while (next is { } id)
        {
            var commit = await CommitTable.GetAsync(db, id);
            if (commit is { IsFinished: true, HasFailed: false })
            {
                return commit;
            }

            next = commit.ParentId;
        }

        return null;
    }
}
