using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Series;

/// <summary>
/// Appends points: 1 group them by series; 2 read the series' rows, all at once; 3 leave out what is there already;
/// 4 tell the summary; 5 put the points behind the tail, and a tail that has grown long into a block; 6 write the rows.
/// </summary>
internal static class SeriesWriter
{
    /// <summary>Points of these never raise a run's last iteration: a machine's monitor counts its own time.</summary>
    private static readonly string[] monitors = [":monitor:machine", ":monitor:gpu"];

    public static async Task<Result<Unit>> AppendAsync(
        DbWrite db,
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<Point> points,
        DateTimeOffset now
    )
    {
        if (points.Any(point => point.Metric.Contains('\0') || point.Variant.Contains('\0')))
        {
            return Errors.BadText("the name of a series");
        }

        if (!await TryAppendAsync(db, owner.Id.ToString(), points, caller.Writer ?? ""))
        {
            return Errors.TooManySeries();
        }

        await TouchAsync(db, owner, points, now);
        return Unit.Value;
    }

    /// <summary>False when there would be too many series.</summary>
    private static async Task<bool> TryAppendAsync(DbWrite db, string owner, IReadOnlyList<Point> points, string writer)
    {
        // 1
        var series = points
            .GroupBy(point => new SeriesName(point.Metric, point.Variant))
            .Select(group => (Id: SeriesId.Of(owner, group.Key), Name: group.Key, Points: group))
            .ToArray();
        // 2
        var rows = await SeriesRows.FindAsync(db, series.Select(one => one.Id));
        if (rows.Count < series.Length && !await HasRoomAsync(db, owner, series.Length - rows.Count))
        {
            return false;
        }

        var changed = new List<SeriesRow>();
        foreach (var one in series)
        {
            var row = rows.GetValueOrDefault(one.Id) ?? SeriesRow.New(owner, one.Name);
            // 3
            var samples = await Fresh.OfAsync(
                db,
                row,
                [.. one.Points.Select(point => new Sample(point.Step, point.TimestampMs, point.Value))]
            );
            if (samples.Count > 0)
            {
                // 4
                foreach (var sample in samples)
                {
                    row.Summary.Add(sample);
                }

                // 5
                changed.Add(await Tail.AppendAsync(db, row, samples, writer));
            }
        }

        // 6
        if (changed.Count > 0)
        {
            await SeriesRow.WriteAsync(db, changed);
        }

        return true;
    }

    private static async Task<bool> HasRoomAsync(DbRead db, string owner, int more) =>
        more + await db.ScalarAsync<long>("SELECT COUNT(*) FROM series WHERE owner_id = @owner", new { owner })
        <= Series.MostOfOwner;

    private static async Task TouchAsync(DbWrite db, SeriesOwner owner, IReadOnlyList<Point> points, DateTimeOffset now)
    {
        var iterations = points.Where(point => !monitors.Contains(point.Metric)).Select(point => point.Step);
        var last = iterations.DefaultIfEmpty(long.MinValue).Max();
        if (owner.IsModel)
        {
            await Models.ModelRows.TouchAsync(db, new(owner.Id), now, last);
            return;
        }

        var run = new RunId(owner.Id);
        await RunRows.TouchAsync(db, run, now, last);
        db.Announce(Topics.RunSeries(run));
    }
}
