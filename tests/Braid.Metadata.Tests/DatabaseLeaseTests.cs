using Braid.Metadata.Leases;
using Braid.Testing;

namespace Braid.Metadata.Tests;

public sealed class DatabaseLeaseTests
{
    private static readonly TimeSpan time = TimeSpan.FromMilliseconds(40);

    private readonly ManualClock clock = new();

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task One_holder_has_it_until_it_lapses(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [], clock);
        var (one, other) = (Lease(test, "one"), Lease(test, "other"));

        Assert.True(await one.TakeAsync(default));
        Assert.False(await other.TakeAsync(default));
        clock.Advance(time * 0.6);
        Assert.True(await one.TakeAsync(default));
        clock.Advance(time * 0.6);
        Assert.False(await other.TakeAsync(default));
        clock.Advance(time);
        Assert.True(await other.TakeAsync(default));
        Assert.False(await one.TakeAsync(default));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_clock_that_is_set_takes_it_from_nobody_and_keeps_it_for_nobody(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [], clock);
        var (one, other) = (Lease(test, "one"), Lease(test, "other"));
        Assert.True(await one.TakeAsync(default));
        clock.Set(TimeSpan.FromHours(1));
        Assert.False(await test.Database.ReadAsync(one.IsHeldAsync, default));
        Assert.True(await one.TakeAsync(default));
        Assert.True(await test.Database.ReadAsync(one.IsHeldAsync, default));

        // Its holder died, and the row says that it has it for another hour.
        clock.Set(TimeSpan.FromHours(-1));
        Assert.True(await other.TakeAsync(default));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Work_that_outlasts_the_lease_keeps_it(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [], clock);
        var other = Lease(test, "other");
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var working = Lease(test, "one").HoldAsync(WorkAsync, default);
        await begun.Task;

        for (var i = 0; i < 5; i++)
        {
            var before = await ExpiryAsync(test);
            clock.Advance(time * 0.6);
            await Eventually.IsTrueAsync(async () => await ExpiryAsync(test) > before, "it is renewed");
            Assert.False(await other.TakeAsync(default));
        }

        end.SetResult();
        Assert.True(await working);
        clock.Advance(time * 2);
        Assert.True(await other.TakeAsync(default));

        async Task<bool> WorkAsync(CancellationToken ct)
        {
            begun.SetResult();
            await end.Task.WaitAsync(ct);
            return true;
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Work_is_cancelled_when_another_got_the_lease(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [], clock);
        var begun = new TaskCompletionSource();
        var working = Lease(test, "one").HoldAsync(WorkAsync, default);
        await begun.Task;

        await test.Database.WriteAsync(db => db.ExecuteAsync("UPDATE lease SET holder = 'other'"), default);
        clock.Advance(time * 0.6);

        Assert.False(await working);

        async Task<bool> WorkAsync(CancellationToken ct)
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return true;
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Work_is_not_begun_while_another_has_the_lease(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [], clock);
        Assert.True(await Lease(test, "other").TakeAsync(default));

        Assert.False(await Lease(test, "one").HoldAsync(_ => throw new InvalidOperationException("begun"), default));
    }

    private DatabaseLease Lease(TestDatabase test, string holder) => new(test.Database, "work", holder, time, clock);

    private static Task<long> ExpiryAsync(TestDatabase test) =>
        test.Database.ReadAsync(
            db => db.FirstOrDefaultAsync<long>("SELECT expires_at FROM lease WHERE name = 'work'", new { }),
            default
        );
}
