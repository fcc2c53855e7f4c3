namespace Braid.Testing;

/// <summary>A clock that stands still until the test moves it. Timers and delays run on real time.</summary>
public sealed class ManualClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => passed;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        passed += by.Ticks;
    }

    /// <summary>Somebody sets the clock: no time passes.</summary>
    public void Set(TimeSpan by) => now += by;
}
