using Braid.Storage.Sweeping;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Storage.Tests.Sweeping;

/// <summary>A crash between any two effects of writing and sweeping leaves every acknowledged row readable.</summary>
public sealed class SweepCrashTests
{
    private static readonly SweepOptions options = SweepWorld.Eager with { Grace = TimeSpan.FromHours(2) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_stopped_anywhere_is_whole_and_swept_later(bool isShared)
    {
        var seed = Environment.TickCount;
        var whole = new CrashBlobs(isShared);
        await StoryAsync(whole, new(), new(), seed);
        for (var crashAt = 0; crashAt < whole.Effects; crashAt++)
        {
            var random = new Random(seed + crashAt);
            var (rows, clock) = (new SweepRows(), new ManualClock());
            var blobs = new CrashBlobs(isShared, crashAt);
            await Assert.ThrowsAnyAsync<Exception>(() => StoryAsync(blobs, rows, clock, seed));
            var left = blobs.AfterCrash(random);
            try
            {
                await CheckAsync(left, rows, clock);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, stopped at effect {crashAt} of {whole.Effects}: {error}");
            }
        }
    }

    // Writes, deletes and sweeps, so that packs are deleted, written anew, and shared by old and new rows.
    private static async Task StoryAsync(CrashBlobs blobs, SweepRows rows, ManualClock clock, int seed)
    {
        await using var world = await SweepWorld.OpenAsync(blobs, rows, clock, options);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                var shared = StoreFixture.RandomBytes(seed + i, 3000);
                var own = StoreFixture.RandomBytes(seed + (100 * round) + i + 10, 4000);
                await world.CommitAsync($"r/{round}-{i}", ("/shared", shared), ("/own", own));
            }

            rows.Delete($"r/{round}-0");
            rows.Delete($"r/{round}-1");
            await world.RunAsync();
            clock.Advance(options.Grace);
            await world.RunAsync();
        }
    }

    private static async Task CheckAsync(CrashBlobs left, SweepRows rows, ManualClock clock)
    {
        await using var world = await SweepWorld.OpenAsync(left, rows, clock, options);
        await world.ReadAllAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            clock.Advance(options.Grace);
            await world.RunAsync();
            await world.ReadAllAsync();
        }

        var plan = await world.Sweep.PlanAsync(default);
        Assert.Equal((0, 0L), (plan.DeletedPacks + plan.RewrittenPacks, plan.FreedBytes));
    }
}
