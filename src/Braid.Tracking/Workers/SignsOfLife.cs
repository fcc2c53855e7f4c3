using System.Collections.Concurrent;
using Braid.Primitives;

namespace Braid.Tracking.Workers;

/// <summary>
/// When somebody last asked how a run is. Whoever runs it asks every few seconds, to hear that it shall stop; so one who asked
/// and asks no more is gone. Kept in memory: after a restart they ask again.
/// </summary>
public sealed class SignsOfLife(TimeProvider clock)
{
    private const int most = 100_000;

    private readonly ConcurrentDictionary<RunId, DateTimeOffset> asked = new();

    public void Note(RunId run)
    {
        // Those who ask are far fewer; a stranger's list of ids must not fill the memory.
        if (asked.Count < most || asked.ContainsKey(run))
        {
            asked[run] = clock.GetUtcNow();
        }
    }

    /// <summary>When it was asked about last; null when never.</summary>
    internal DateTimeOffset? Last(RunId run) => asked.TryGetValue(run, out var at) ? at : null;

    internal void Forget(DateTimeOffset before)
    {
        foreach (var (run, at) in asked)
        {
            if (at < before)
            {
                asked.TryRemove(KeyValuePair.Create(run, at));
            }
        }
    }
}
