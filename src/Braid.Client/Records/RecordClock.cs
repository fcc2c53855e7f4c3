namespace Braid.Client.Records;

/// <summary>
/// When things are logged. Asking the machine for the time costs more than the rest of a point, so between two answers its coarse
/// counter goes on from the last: a time is some milliseconds off, and never before an earlier one unless the machine's clock was set back.
/// </summary>
/// <param name="clock">Says what time it is.</param>
/// <param name="ticks">The machine's coarse counter of milliseconds; null where the clock is asked each time.</param>
internal sealed class RecordClock(TimeProvider clock, Func<long>? ticks)
{
    private const long between = 200;

    /// <summary>What the counter's ticks make of two answers; beyond it, the clock was set.</summary>
    private const long jitter = 20;

    private long offset = Exact(clock) - (ticks?.Invoke() ?? 0);
    private long asked = ticks?.Invoke() ?? 0;

    public RecordClock(TimeProvider clock)
        : this(clock, ReferenceEquals(clock, TimeProvider.System) ? static () => Environment.TickCount64 : null) { }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Now()
    {
        if (ticks is null)
        {
            return Exact(clock);
        }

        var counter = ticks();
        if (counter - Volatile.Read(ref asked) >= between)
        {
            Ask(ticks);
        }

        return counter + Volatile.Read(ref offset);
    }

    // Threads that ask at once say the same; one that stood still between two readings would take that for a clock that was set.
    private void Ask(Func<long> counting)
    {
        var counter = counting();
        var difference = Exact(clock) - counter;
        if (counting() - counter > jitter)
        {
            return;
        }

        if (Math.Abs(difference - Volatile.Read(ref offset)) > jitter)
        {
            Volatile.Write(ref offset, difference);
        }

        Volatile.Write(ref asked, counter);
    }

    private static long Exact(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
