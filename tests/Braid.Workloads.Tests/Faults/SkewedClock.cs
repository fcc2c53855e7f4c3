namespace Braid.Workloads.Tests.Faults;

/// <summary>Another machine's clock: time passes as for all, but it shows what somebody set.</summary>
internal sealed class SkewedClock(TimeProvider common) : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => common.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => common.GetUtcNow() + Skew;

    public override long GetTimestamp() => common.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        common.CreateTimer(callback, state, dueTime, period);
}
