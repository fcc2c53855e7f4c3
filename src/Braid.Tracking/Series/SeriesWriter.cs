using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Series;

/// <summary>
/// Appends points: 1 group them by series, unless they are; 2 read the series' rows, all at once; 3 leave out what is there already;
/// 4 tell the summary; 5 put the points behind the tail, and a tail that has grown long into a block; 6 write the rows.
/// </summary>
internal static class SeriesWriter
{
    /// <summary>Points of these never raise a run's last iteration: a machine's monitor counts its own time.</summary>
    private const string monitors = ":monitor:";

    public static Task<Result<Unit>> AppendAsync(
        DbWrite db,
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<Point> points,
        DateTimeOffset now
    ) => AppendAsync(db, caller, owner, Group(points), now);

    /// <param name="series">Each series once.</param>
    public static async Task<Result<Unit>> AppendAsync(
        DbWrite db,
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<SeriesSamples> series,
        DateTimeOffset now
    )
    {
        if (series.Any(one => one.Name.Metric.Contains('\0') || one.Name.Variant.Contains('\0')))
        {
            return Errors.BadText("the name of a series");
        }

        if (!owner.IsModel)
        {
            await InboxFold.RunAsync(db, new(owner.Id)); // what came before goes first
        }

        if (!await TryAppendAsync(db, owner.Id.ToString(), series, caller.Writer ?? ""))
        {
            return Errors.TooManySeries();
        }

        await TouchAsync(db, owner, series, now);
        return Unit.Value;
    }

    // 1
    public static IReadOnlyList<SeriesSamples> Group(IReadOnlyList<Point> points)
    {
        var series = new OrderedDictionary<SeriesName, List<Sample>>();
        foreach (var point in points)
        {
            var name = new SeriesName(point.Metric, point.Variant);
            if (!series.TryGetValue(name, out var samples))
            {
                series.Add(name, samples = new(1));
            }

            samples.Add(new(point.Step, point.TimestampMs, point.Value));
        }

        return [.. series.Select(one => new SeriesSamples(one.Key, one.Value))];
    }

    /// <summary>False when there would be too many series.</summary>
    private static async Task<bool> TryAppendAsync(
        DbWrite db,
        string owner,
        IReadOnlyList<SeriesSamples> series,
        string writer
    )
    {
        // 2
        var ids = series.Select(one => SeriesId.Of(owner, one.Name)).ToArray();
        var rows = await SeriesRows.FindAsync(db, ids);
        if (rows.Count < ids.Length && !await HasRoomAsync(db, owner, ids.Length - rows.Count))
        {
            return false;
        }

        await AddAsync(db, owner, ids, rows, series, writer);
        return true;
    }

    /// <summary>Appends to series that were admitted before.</summary>
    public static async Task AddAsync(DbWrite db, string owner, IReadOnlyList<SeriesSamples> series, string writer)
    {
        var ids = series.Select(one => SeriesId.Of(owner, one.Name)).ToArray();
        await AddAsync(db, owner, ids, await SeriesRows.FindAsync(db, ids), series, writer);
    }

    private static async Task AddAsync(
        DbWrite db,
        string owner,
        IReadOnlyList<string> ids,
        IReadOnlyDictionary<string, SeriesRow> rows,
        IReadOnlyList<SeriesSamples> series,
        string writer
    )
    {
        var changed = new List<SeriesRow>();
        foreach (var (id, one) in ids.Zip(series))
        {
            var row = rows.GetValueOrDefault(id) ?? SeriesRow.New(owner, one.Name);
            // 3
            var samples = await Fresh.OfAsync(db, row, one.Samples);
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
    }

    /// <summary>The highest step of what is no monitor's.</summary>
    public static long LastIteration(IReadOnlyList<SeriesSamples> series) =>
        series
            .Where(one => !one.Name.Metric.StartsWith(monitors, StringComparison.Ordinal) && one.Samples.Count > 0)
            .Select(one => one.Samples.Max(sample => sample.Step))
            .DefaultIfEmpty(long.MinValue)
            .Max();

    private static async Task<bool> HasRoomAsync(DbRead db, string owner, int more) =>
        more + await db.ScalarAsync<long>("SELECT COUNT(*) FROM series WHERE owner_id = @owner", new { owner })
        <= Series.MostOfOwner;

    private static async Task TouchAsync(
        DbWrite db,
        SeriesOwner owner,
        IReadOnlyList<SeriesSamples> series,
        DateTimeOffset now
    )
    {
        var last = LastIteration(series);
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
