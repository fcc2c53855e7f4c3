using Braid.Primitives;

namespace Braid.Metadata.Changes;

/// <summary>
/// The loops of a domain: each is woken by the topics that it names, and by its period where an announcement was missed.
/// Disposing it stops them all and waits for the steps that run.
/// </summary>
/// <param name="failed">Told the name of a loop and what a step of it threw.</param>
public sealed class LoopGroup(Database database, TimeProvider clock, Action<string, Exception> failed)
    : IAsyncDisposable
{
    private readonly List<Loop> loops = [];
    private readonly List<IDisposable> subscriptions = [];

    /// <summary>Starts a loop.</summary>
    /// <param name="step">One idempotent step; true when there may be more to do at once.</param>
    public void Start(string name, Func<CancellationToken, Task<bool>> step, TimeSpan period, params string[] topics)
    {
        var loop = new Loop(name, step, period, clock, failed);
        loops.Add(loop);
        subscriptions.AddRange(topics.Select(topic => database.Changes.Subscribe(topic, loop.Wake)));
        loop.Start();
    }

    public async ValueTask DisposeAsync()
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        await Task.WhenAll(loops.Select(loop => loop.DisposeAsync().AsTask()));
        subscriptions.Clear();
        loops.Clear();
    }
}
