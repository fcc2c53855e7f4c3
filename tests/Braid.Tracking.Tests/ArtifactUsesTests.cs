using Braid.Testing;
using Braid.Tracking.Artifacts;

namespace Braid.Tracking.Tests;

public sealed class ArtifactUsesTests
{
    [Fact]
    public async Task What_takes_long_to_count_is_counted_again_after_twenty_times_as_long()
    {
        await using var test = await TestDatabase.OpenAsync("sqlite", TrackingSchema.Migrations);
        var (clock, counted) = (new SteppedClock(), 0);
        test.Database.Watch = _ =>
        {
            counted++;
            clock.Advance(TimeSpan.FromSeconds(1));
        };
        var uses = new ArtifactUses(test.Database, clock);
        await uses.ReadAsync(default);
        clock.Advance(TimeSpan.FromSeconds(19));
        await uses.ReadAsync(default);
        Assert.Equal(1, counted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await uses.ReadAsync(default);
        Assert.Equal(2, counted);
    }
}
