using Braid.Metadata;

namespace Braid.Tracking.Series.Inbox;

/// <summary>Folds the small batches that wait into their series, soon after they arrived.</summary>
public sealed class SeriesFolds(Database database)
{
    private readonly HashSet<long> told = [];

    /// <summary>Before it nothing waits that may yet be found to be damaged.</summary>
    private long from;

    /// <summary>Folds what waits now. A run whose series are damaged keeps what waits of it, and does not keep others waiting.</summary>
    /// <param name="report">Is told, once, of each batch that was set aside, by this or by whoever read its run.</param>
    /// <returns>False: what arrived meanwhile is of the next turn, so that many batches are folded at once.</returns>
    /// <exception cref="AggregateException">What was wrong with such runs.</exception>
    public async Task<bool> StepAsync(Action<DamagedBatch> report, CancellationToken ct)
    {
        var failures = new List<Exception>();
        foreach (var run in await database.ReadAsync(db => InboxRows.WaitingAsync(db, runs: null), ct))
        {
            try
            {
                await InboxFold.RunAsync(database, run, ct);
            }
            catch (InvalidDataException damaged)
            {
                failures.Add(new InvalidDataException($"run {run.RunId}: {damaged.Message}", damaged));
            }
        }

        await TellAsync(report, ct);

        return failures.Count == 0 ? false : throw new AggregateException(failures);
    }

    /// <summary>Batches of several runs are found to be damaged in any order.</summary>
    private async Task TellAsync(Action<DamagedBatch> report, CancellationToken ct)
    {
        var (damaged, waits) = await database.ReadAsync(
            async db => (await InboxRows.DamagedAsync(db, from), await InboxRows.FirstAsync(db)),
            ct
        );
        foreach (var batch in damaged.Where(batch => told.Add(batch.Sequence)))
        {
            report(batch);
        }

        from = waits ?? damaged.Select(batch => batch.Sequence + 1).Append(from).Max();
        told.RemoveWhere(sequence => sequence < from);
    }
}
