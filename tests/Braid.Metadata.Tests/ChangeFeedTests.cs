using Braid.Metadata.Changes;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Metadata.Tests;

public sealed class ChangeFeedTests
{
    private static readonly TimeSpan atMost = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_change_between_look_and_wait_is_not_missed()
    {
        var feed = new ChangeFeed();
        using var watch = feed.Watch("a");
        feed.Announce("a");
        var next = watch.NextAsync(Timeout.InfiniteTimeSpan, default);
        await next.WaitAsync(atMost);
    }

    [Fact]
    public void A_watch_hears_its_own_topics_only_and_nothing_once_disposed()
    {
        var feed = new ChangeFeed();
        var told = 0;
        var subscription = feed.Subscribe("a", () => told++);
        feed.Announce("b");
        Assert.Equal(0, told);
        feed.Announce("a");
        Assert.Equal(1, told);
        subscription.Dispose();
        feed.Announce("a");
        Assert.Equal(1, told);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_committed_write_announces_its_topics_and_a_refused_one_none(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, []);
        var heard = new TaskCompletionSource();
        // PostgreSQL announces it as well to who wrote it, so it may be heard twice.
        using var yes = test.Database.Changes.Subscribe("yes", () => heard.TrySetResult());
        using var no = test.Database.Changes.Subscribe(
            "no",
            () => heard.TrySetException(new InvalidOperationException("no"))
        );
        await test.Database.WriteAsync<Unit>(
            db =>
            {
                db.Announce("no");
                return Task.FromResult<Result<Unit>>(new Error(ErrorKind.Conflict, "test.no", "no"));
            },
            default
        );
        await test.Database.WriteAsync(
            db =>
            {
                db.Announce("yes");
                return Task.CompletedTask;
            },
            default
        );
        await heard.Task.WaitAsync(atMost);
    }

    [Fact]
    public async Task Another_server_on_the_same_PostgreSQL_hears_too()
    {
        await using var one = await TestDatabase.OpenAsync("postgres", []);
        await using var two = await Database.OpenAsync(one.Address, [], TimeProvider.System, default);
        using var watch = two.Changes.Watch("topic");
        // The second server listens from some moment on: announce until it hears.
        var heard = watch.NextAsync(Timeout.InfiniteTimeSpan, default);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await one.Database.WriteAsync(
                    db =>
                    {
                        db.Announce("topic");
                        return Task.CompletedTask;
                    },
                    default
                );
                return heard.IsCompleted;
            },
            "an announcement from the other server"
        );
    }
}
