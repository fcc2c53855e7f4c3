using Braid.Data.History;
using Braid.Data.Propagation;
using Braid.Metadata;

namespace Braid.Data.Branching;

/// <summary>Moves the branches whose triggers watch another one, when a commit finishes there without an error.</summary>
internal static class Triggers
{
    public static async Task FireAsync(DataTransaction tx, CommitRow finished, string branch)
    {
        foreach (var candidate in await BranchTable.OfRepoAsync(tx.Db, finished.RepoId))
        {
            if (
                TriggerText.Read(candidate.TriggerSpec) is { } trigger
                && trigger.Branch == branch
                && candidate.HeadId != finished.Id
                && await IsDueAsync(tx.Db, trigger, candidate, finished)
            )
            {
                await tx.MoveAsync(candidate, finished.Id);
                await FireAsync(tx, finished, candidate.Name);
            }
        }
    }

    private static async Task<bool> IsDueAsync(DbRead db, Trigger trigger, BranchRow branch, CommitRow finished)
    {
        var head = branch.HeadId is { } id ? await CommitTable.GetAsync(db, id) : null;
        var conditions = new List<bool>();
        if (ByteSize.TryParse(trigger.Size, out var growth))
        {
            conditions.Add(finished.Size - (head?.Size ?? 0) >= growth);
        }

        if (trigger.Commits > 0)
        {
            conditions.Add(await CommitsSinceAsync(db, head, finished) >= trigger.Commits);
        }

        return conditions.Count == 0 || (trigger.All ? conditions.TrueForAll(due => due) : conditions.Contains(true));
    }

    /// <summary>Commits after a head, when that is an ancestor; else the whole line.</summary>
    private static async Task<long> CommitsSinceAsync(DbRead db, CommitRow? head, CommitRow finished) =>
        head is not null && (await CommitTable.AncestorAsync(db, finished, head.Generation))?.Id == head.Id
            ? finished.Generation - head.Generation
            : finished.Generation;
}
