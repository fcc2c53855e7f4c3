using Braid.Metadata;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Queues;

/// <summary>What happens to a run whose entry was taken out of its queue for a worker.</summary>
internal static class TakenRuns
{
    /// <param name="entry">Of the run, taken out already.</param>
    /// <param name="by">Who took it.</param>
    public static async Task<TakenRun> HandOutAsync(DbWrite db, EntryRow entry, DateTimeOffset now, string by)
    {
        var head = await db.FirstOrDefaultAsync<(string Status, string User, string Owner)>(
            "SELECT status, user_name, owner FROM run WHERE id = @RunId",
            entry
        );
        // One that was stopped while it waited is wanted again by whoever put it back in line.
        if (head.Owner == RunRow.OwnerText(RunOwner.Client) && head.Status == RunStatus.Stopped.ToText())
        {
            var change = new StatusChange(RunStatus.Queued);
            await StatusChanges.WriteAsync(db, entry.RunId, RunStatus.Stopped, change, now, by);
        }

        return new(entry.ToEntry(), head.User ?? "");
    }
}
