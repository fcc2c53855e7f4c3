using Braid.Client.Records;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>The times of what is logged.</summary>
public sealed class RecordClockTests
{
    [Fact]
    public void The_machines_time_is_kept_closely_and_never_goes_back()
    {
        const long slack = 60;
        var clock = new RecordClock(TimeProvider.System);
        var last = 0L;
        for (var i = 0; i < 1_000; i++)
        {
            var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var now = clock.Now();
            var after = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            Assert.InRange(now, Math.Max(last, before - slack), after + slack);
            last = now;
        }
    }

    [Fact]
    public void A_thread_that_stands_still_while_it_asks_sets_no_clock()
    {
        var given = new PausingClock();
        var clock = new RecordClock(given, () => given.Ticks);
        given.Ticks += 1_000;
        given.Pause = 5_000;
        Assert.Equal(1_000, clock.Now());
        Assert.Equal(given.Ticks, clock.Now());
        given.Ticks += 1_000;
        Assert.Equal(given.Ticks, clock.Now());
    }

    [Fact]
    public void Another_clock_is_asked_each_time()
    {
        var given = new ManualClock();
        var clock = new RecordClock(given);
        for (var i = 0; i < 3; i++)
        {
            given.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(given.GetUtcNow().ToUnixTimeMilliseconds(), clock.Now());
        }
    }

    /// <summary>A clock that agrees with its counter, and of which one answer comes late.</summary>
    private sealed class PausingClock : TimeProvider
    {
        public long Ticks { get; set; }

        /// <summary>How long who asks next stands still before they hear.</summary>
        public long Pause { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            (Ticks, Pause) = (Ticks + Pause, 0);
            return DateTimeOffset.FromUnixTimeMilliseconds(Ticks);
        }
    }
}
