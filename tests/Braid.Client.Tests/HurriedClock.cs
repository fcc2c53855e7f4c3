namespace Braid.Client.Tests;

/// <summary>The system's clock, but pauses between attempts are over at once.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(
            callback,
            state,
            dueTime > TimeSpan.Zero && dueTime <= longestPause ? TimeSpan.Zero : dueTime,
            period
        );
}
