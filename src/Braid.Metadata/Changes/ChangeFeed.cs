using System.Collections.Concurrent;

namespace Braid.Metadata.Changes;

/// <summary>
/// Tells watchers of a topic that something committed under it. It carries no data and may tell too often, never too
/// rarely: a watcher looks at the state again, so a lost process loses nothing.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<string, HashSet<Watch>> watches = new(StringComparer.Ordinal);

    /// <summary>Starts watching; changes announced from now on wake <see cref="Watch.NextAsync"/>.</summary>
    public Watch Watch(params IReadOnlyList<string> topics) => new(this, topics, null);

    /// <summary>Calls <paramref name="told"/> (quick, thread-safe: a loop's Wake) at every announcement, until disposed.</summary>
    public IDisposable Subscribe(string topic, Action told) => new Watch(this, [topic], told);

    /// <summary>Wakes everybody who watches <paramref name="topic"/>.</summary>
    public void Announce(string topic)
    {
        if (watches.TryGetValue(topic, out var set))
        {
            Watch[] watching;
            lock (set)
            {
                watching = [.. set];
            }

            foreach (var watch in watching)
            {
                watch.Tell();
            }
        }
    }

    internal void Add(string topic, Watch watch)
    {
        while (true)
        {
            var set = watches.GetOrAdd(topic, _ => []);
            lock (set)
            {
                // A set that emptied may have left the map between the two lines above.
                if (watches.TryGetValue(topic, out var current) && ReferenceEquals(current, set))
                {
                    set.Add(watch);
                    return;
                }
            }
        }
    }

    internal void Remove(string topic, Watch watch)
    {
        if (watches.TryGetValue(topic, out var set))
        {
            lock (set)
            {
                if (set.Remove(watch) && set.Count == 0)
                {
                    watches.TryRemove(new(topic, set));
                }
            }
        }
    }
}

/// <summary>One watcher's place in the feed.</summary>
public sealed class Watch : IDisposable
{
    private readonly ChangeFeed feed;
    private readonly IReadOnlyList<string> topics;
    private readonly Action? told;
    private readonly SemaphoreSlim pending = new(0, 1);

    internal Watch(ChangeFeed feed, IReadOnlyList<string> topics, Action? told)
    {
        this.feed = feed;
        this.topics = topics;
        this.told = told;
        foreach (var topic in topics)
        {
            feed.Add(topic, this);
        }
    }

    /// <summary>
    /// Completes at the next announcement after the previous call (or after the watch began). Look at the state first,
    /// then await this: what commits in between is not missed. Returns after <paramref name="atMost"/> in any case.
    /// </summary>
    public async Task NextAsync(TimeSpan atMost, CancellationToken ct) => await pending.WaitAsync(atMost, ct);

    public void Dispose()
    {
        foreach (var topic in topics)
        {
            feed.Remove(topic, this);
        }
    }

    internal void Tell()
    {
        told?.Invoke();
        try
        {
            pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // An announcement is waiting to be seen already.
        }
    }
}
