using Braid.Primitives;

namespace Braid.Tracking.Series.Inbox;

/// <summary>
/// Series that runs logged to lately, and how many of their points wait. It holds as long as the run's epoch stays: a series goes
/// only with that. Of a bounded size: two generations, of which the older one goes when the younger one is full.
/// </summary>
internal sealed class KnownSeries
{
    /// <summary>Names in a generation: some megabytes.</summary>
    private const int generation = 40_000;

    /// <summary>So many points wait, or batches; the next one folds them.</summary>
    private const int mostPoints = 4096;
    private const int mostBatches = InboxRows.MostAtOnce;

    private readonly Lock gate = new();
    private Dictionary<RunId, Known> younger = [];
    private Dictionary<RunId, Known> older = [];
    private int names;

    /// <summary>The epoch at which all of these are there; null when one is not known, or too much waits already.</summary>
    public long? MayWait(RunId run, IReadOnlyList<SeriesSamples> series)
    {
        lock (gate)
        {
            return
                Find(run) is { Points: < mostPoints, Batches: < mostBatches } known
                && series.All(one => known.Names.Contains(one.Name))
                ? known.Epoch
                : null;
        }
    }

    /// <summary>Notes that a batch waits.</summary>
    public void Waits(RunId run, long epoch, int points)
    {
        lock (gate)
        {
            if (Find(run) is { } known && known.Epoch == epoch)
            {
                known.Points += points;
                known.Batches++;
            }
        }
    }

    /// <summary>Notes that these are there now, and that none of the run's points waits any more.</summary>
    public void Folded(RunId run, long epoch, IReadOnlyList<SeriesSamples> series)
    {
        lock (gate)
        {
            if (Find(run) is not { } known || known.Epoch != epoch)
            {
                younger[run] = known = new(epoch);
            }

            (known.Points, known.Batches) = (0, 0);
            names += series.Count(one => known.Names.Add(one.Name));
            if (names > generation)
            {
                (older, younger, names) = (younger, [], 0);
            }
        }
    }

    /// <summary>What is known of the run; of this generation from now on.</summary>
    private Known? Find(RunId run)
    {
        if (!younger.TryGetValue(run, out var known) && older.Remove(run, out known))
        {
            younger.Add(run, known);
            names += known.Names.Count;
        }

        return known;
    }

    private sealed class Known(long epoch)
    {
        public long Epoch { get; } = epoch;
        public HashSet<SeriesName> Names { get; } = [];
        public int Points { get; set; }
        public int Batches { get; set; }
    }
}
