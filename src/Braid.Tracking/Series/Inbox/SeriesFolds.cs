using Braid.Metadata;

namespace Braid.Tracking.Series.Inbox;

/// <summary>Folds the small batches that wait into their series, soon after they arrived.</summary>
public sealed class SeriesFolds(Database database)
{
    /// <summary>Folds what waits now.</summary>
    /// <returns>False: what arrived meanwhile is of the next turn, so that many batches are folded at once.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        foreach (var run in await database.ReadAsync(db => InboxRows.WaitingAsync(db, runs: null), ct))
        {
            await InboxFold.RunAsync(database, run, ct);
        }

        return false;
    }
}
