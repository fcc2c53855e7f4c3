using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Series.Inbox;

/// <summary>
/// Takes points in: 1 group them by series; 2 a batch that brings few to each series is packed; 3 are they
/// known to be there, at an epoch of the run? 4 at that epoch, it waits in the inbox, one row, whatever the number of series; 5 any other
/// batch goes to its series at once, behind all that waits. Durable when it returns.
/// </summary>
internal sealed class PointIntake(Database database, TimeProvider clock)
{
    /// <summary>With that many for each series, its row and a block are worth writing at once.</summary>
    private const int fewForSeries = 32;
    private const int fewInAll = 2000;

    private readonly KnownSeries known = new();

    public async Task<Result<Unit>> TakeAsync(
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<Point> points,
        CancellationToken ct
    )
    {
        var series = SeriesWriter.Group(points); // 1
        if (owner.IsModel)
        {
            return await database.WriteAsync<Unit>(
                async db =>
                    await SeriesAccess.CheckForChangeAsync(db, caller, owner) is { } refused
                        ? refused
                        : await SeriesWriter.AppendAsync(db, caller, owner, series, clock.GetUtcNow()),
                ct
            );
        }

        var packed = IsSmall(series, points.Count) ? SeriesBatch.Encode(series) : null; // 2
        var run = new RunId(owner.Id);
        var taken = await database.WriteAsync(db => TakeAsync(db, caller, run, series, packed), ct);
        if (!taken.TryGet(out var way, out var error))
        {
            return error;
        }

        Note(run, way, series, points.Count);
        return Unit.Value;
    }

    private async Task<Result<Taken>> TakeAsync(
        DbWrite db,
        Caller caller,
        RunId run,
        IReadOnlyList<SeriesSamples> series,
        byte[]? packed
    )
    {
        var now = clock.GetUtcNow();
        if (
            packed is not null
            && known.MayWait(run, series) is { } epoch // 3
            && await MayUseAsync(db, caller, run)
            && await InboxRows.TryAddAsync(db, run, epoch, caller.Writer ?? "", now, packed) // 4
        )
        {
            db.Announce(Topics.RunSeries(run));
            return new Taken(epoch, Waits: true);
        }

        // 5
        if (!(await RunHead.FindForChangeAsync(db, caller, run)).TryGet(out var head, out var refused))
        {
            return refused;
        }

        var appended = await SeriesWriter.AppendAsync(db, caller, run, series, now);
        return appended.IsOk ? new Taken(head.SeriesEpoch, Waits: false) : appended.Error;
    }

    private static async Task<bool> MayUseAsync(DbRead db, Caller caller, RunId run) =>
        caller.MayUseRun(run, parent: null) is null || (await RunHead.FindAsync(db, caller, run)).IsOk;

    /// <summary>What is known follows what is durable: a write may be undone, or run twice.</summary>
    private void Note(RunId run, Taken way, IReadOnlyList<SeriesSamples> series, int points)
    {
        if (way.Waits)
        {
            known.Waits(run, way.Epoch, points);
        }
        else if (series.Count <= fewInAll)
        {
            known.Folded(run, way.Epoch, series);
        }
    }

    private static bool IsSmall(IReadOnlyList<SeriesSamples> series, int points) =>
        points > 0 && points <= fewInAll && points < fewForSeries * series.Count;

    private readonly record struct Taken(long Epoch, bool Waits);
}
