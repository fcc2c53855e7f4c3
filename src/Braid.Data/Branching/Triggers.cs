using Braid.Data.History;
using Braid.Metadata;
using Braid.Primitives.Cron;

namespace Braid.Data.Branching;

/// <summary>
/// Decides which branches move because a commit has finished, without an error, on a branch that their triggers watch; and
/// on those, and so on.
/// </summary>
internal static class Triggers
{
    /// <summary>
    /// The moves that follow from finished commits, in rounds: two branches of one repo never move in one round, since what
    /// follows from a round is one commit set, which has one commit for each repo.
    /// </summary>
    public static async Task<IReadOnlyList<IReadOnlyList<TriggeredMove>>> RoundsAsync(
        DbRead db,
        IEnumerable<CommitRow> finished
    )
    {
        var moves = new List<TriggeredMove>();
        foreach (var commit in finished.Where(commit => !commit.HasFailed))
        {
            moves.AddRange(await MovesAsync(db, commit, commit.Branch));
        }

        return
        [
            .. moves
                .GroupBy(move => move.Branch.RepoId)
                .SelectMany(ofRepo => ofRepo.Index())
                .GroupBy(move => move.Index, move => move.Item)
                .Select(round => round.ToArray()),
        ];
    }

    /// <summary>The branches that move to a commit because it came to <paramref name="branch"/>.</summary>
    public static async Task<IReadOnlyList<TriggeredMove>> MovesAsync(DbRead db, CommitRow commit, string branch)
    {
        var candidates = await BranchTable.WithTriggerAsync(db, commit.RepoId);
        var moves = new List<TriggeredMove>();
        var reached = new Queue<string>([branch]);
        while (reached.TryDequeue(out var watched))
        {
            foreach (var candidate in candidates)
            {
                if (
                    TriggerText.Read(candidate.TriggerSpec) is { CronSpec: "" } trigger
                    && trigger.Branch == watched
                    && candidate.HeadId != commit.Id
                    && await IsDueAsync(db, trigger, candidate, commit)
                )
                {
                    moves.Add(new(candidate, commit));
                    reached.Enqueue(candidate.Name);
                }
            }
        }

        return moves;
    }

    private static async Task<bool> IsDueAsync(DbRead db, Trigger trigger, BranchRow branch, CommitRow commit)
    {
        var head = branch.HeadId is { } id ? await CommitTable.GetAsync(db, id) : null;
        var conditions = new List<bool>();
        if (ByteSize.TryParse(trigger.Size, out var growth))
        {
            conditions.Add(commit.Size - (head?.Size ?? 0) >= growth);
        }

        if (trigger.Commits > 0)
        {
            conditions.Add(await HasCommitsAsync(db, trigger.Commits, head, commit));
        }

        if (CronSchedule.TryParse(trigger.RateLimitSpec, out var limit))
        {
            var last = head?.FinishingAt ?? DateTimeOffset.UnixEpoch;
            conditions.Add(limit.Next(last) < commit.FinishingAt);
        }

        return conditions.Count == 0 || (trigger.All ? conditions.TrueForAll(due => due) : conditions.Contains(true));
    }

    /// <summary>True when at least so many commits came after the head; looks no further back than that.</summary>
    private static async Task<bool> HasCommitsAsync(DbRead db, long wanted, CommitRow? head, CommitRow commit)
    {
        var line = await CommitTable.LineAsync(db, commit, commit.Generation - wanted);
        return line.Count == wanted && (head is null || !line.Contains(head.Id));
    }
}

/// <summary>A branch to point at a commit.</summary>
internal sealed record TriggeredMove(BranchRow Branch, CommitRow Commit);
