using Braid.Compute.Containers.Engine;

namespace Braid.Compute.Containers;

/// <summary>How whoever waits for an engine looks again: at once after an answer, later and later while there is none.</summary>
internal sealed class EnginePatience(EngineClient engine, TimeProvider clock)
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(2);
    private TimeSpan next = shortest;

    /// <param name="isThere">The engine answered.</param>
    public async Task WaitAsync(bool isThere, CancellationToken ct)
    {
        next = isThere ? shortest : TimeSpan.FromTicks(Math.Min(longest.Ticks, next.Ticks * 2));
        await Task.Delay(next, clock, ct);
        if (!isThere)
        {
            // The engine that comes back may be another version of itself.
            await engine.NegotiateAsync(ct);
        }
    }
}
