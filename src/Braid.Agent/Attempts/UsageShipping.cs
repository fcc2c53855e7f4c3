using Braid.Agent.Protocol;
using Braid.Compute.Executors;

namespace Braid.Agent.Attempts;

/// <summary>Tells again and again what an attempt uses. What the server does not hear is not told again: the next measurement is.</summary>
internal sealed class UsageShipping(AttemptParts parts, AttemptName attempt)
{
    private const double percent = 100;

    /// <summary>Until <paramref name="ended"/>.</summary>
    public async Task FollowAsync(Replica replica, CancellationToken ended)
    {
        var begun = parts.Clock.GetTimestamp();
        var ran = parts.Clock.GetUtcNow() - replica.StartedAt; // one that was found again runs for a while
        var (before, at) = (TimeSpan.Zero, begun - (long)(ran.TotalSeconds * parts.Clock.TimestampFrequency));
        while (true)
        {
            await Task.Delay(parts.Options.MeasureEvery, parts.Clock, ended);
            if (!(await parts.Executor.MeasureAsync(replica.Id, ended)).TryGet(out var usage, out _))
            {
                continue; // it ends, or its engine is away
            }

            var now = parts.Clock.GetTimestamp();
            // Those that it started take their time along when they end.
            var busy = (usage.Cpu > before ? usage.Cpu - before : TimeSpan.Zero) / parts.Clock.GetElapsedTime(at, now);
            (before, at) = (usage.Cpu, now);
            var second = (long)(ran + parts.Clock.GetElapsedTime(begun, now)).TotalSeconds;
            var told = new AttemptUsage(attempt, parts.Clock.GetUtcNow(), second, busy * percent, usage.MemoryBytes);
            await parts.Server.MeasureAsync(new(parts.Options.Node, parts.Epoch, [told]), ended);
        }
    }
}
