using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Series.Inbox;

/// <summary>
/// Folds what waits of a run into its series: 1 the oldest batches, of which damaged ones are set aside; 2 those of one writer that follow
/// each other, as one; 3 behind the series' tails; 4 the run shows when the last one came, and of which iteration; 5 they are gone. One
/// transaction: a batch waits or is folded.
/// </summary>
internal static class InboxFold
{
    /// <summary>Folds what arrived up to a batch, a part at a time, so that other writes get in between.</summary>
    public static async Task RunAsync(Database database, WaitingPoints waiting, CancellationToken ct)
    {
        while (await database.WriteAsync<bool>(db => PartAsync(db, waiting.RunId, waiting.Last), ct)) { }
    }

    /// <summary>Folds all that waits of a run inside somebody's transaction.</summary>
    public static async Task RunAsync(DbWrite db, RunId run)
    {
        while (await PartAsync(db, run, long.MaxValue)) { }
    }

    /// <summary>True when there may be more.</summary>
    private static async Task<bool> PartAsync(DbWrite db, RunId run, long last)
    {
        var rows = await InboxRows.OldestAsync(db, run, last); // 1
        if (rows.Count == 0)
        {
            return false;
        }

        var iteration = long.MinValue;
        foreach (var (writer, series) in ByWriter(await SoundAsync(db, rows))) // 2
        {
            await SeriesWriter.AddAsync(db, run.ToString(), series, writer); // 3
            iteration = Math.Max(iteration, SeriesWriter.LastIteration(series));
        }

        await RunRows.TouchAsync(db, run, rows.Max(row => row.Arrived), iteration); // 4
        await InboxRows.RemoveFoldedAsync(db, run, rows[^1].Sequence); // 5
        return rows.Count == InboxRows.MostAtOnce;
    }

    /// <summary>What could be read.</summary>
    private static async Task<IReadOnlyList<Batch>> SoundAsync(DbWrite db, IReadOnlyList<InboxRow> rows)
    {
        var sound = new List<Batch>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                sound.Add(new(row.Writer, SeriesBatch.Decode(row.Bytes)));
            }
            catch (InvalidDataException damaged)
            {
                await InboxRows.SetAsideAsync(db, row.Sequence, damaged.Message);
            }
        }

        return sound;
    }

    private static IEnumerable<Batch> ByWriter(IReadOnlyList<Batch> batches)
    {
        for (int from = 0, to; from < batches.Count; from = to)
        {
            to = from + 1;
            while (to < batches.Count && batches[to].Writer == batches[from].Writer)
            {
                to++;
            }

            yield return new(batches[from].Writer, Join(batches.Take(from..to)));
        }
    }

    /// <summary>Each series once, its samples in order of arrival.</summary>
    private static List<SeriesSamples> Join(IEnumerable<Batch> batches)
    {
        var all = new OrderedDictionary<SeriesName, List<Sample>>();
        foreach (var one in batches.SelectMany(batch => batch.Series))
        {
            if (!all.TryGetValue(one.Name, out var samples))
            {
                all.Add(one.Name, samples = []);
            }

            samples.AddRange(one.Samples);
        }

        return [.. all.Select(one => new SeriesSamples(one.Key, one.Value))];
    }

    private readonly record struct Batch(string Writer, IReadOnlyList<SeriesSamples> Series);
}
