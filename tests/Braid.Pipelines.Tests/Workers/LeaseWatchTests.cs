using Braid.Pipelines.Workers.Gangs;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>Who works for long finds out that the work is another's by now, and does not give it up for less.</summary>
public sealed class LeaseWatchTests
{
    private readonly CancellationTokenSource done = new();
    private int asked;

    [Fact]
    public async Task A_store_that_cannot_be_asked_takes_the_lease_from_nobody()
    {
        var watch = Watch(() =>
            asked switch
            {
                1 or 3 => throw new IOException("the database is away"),
                2 => true,
                _ => false,
            }
        );
        Assert.True(await watch.IsLostBeforeAsync(done.Token));
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task A_lease_that_is_held_until_it_is_needed_no_more_is_not_lost()
    {
        var watch = Watch(() =>
        {
            if (asked == 3)
            {
                done.Cancel();
            }

            return true;
        });
        Assert.False(await watch.IsLostBeforeAsync(done.Token));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_question_that_is_broken_off_for_another_reason_is_no_answer()
    {
        var watch = Watch(() => throw new OperationCanceledException());
        await Assert.ThrowsAsync<OperationCanceledException>(() => watch.IsLostBeforeAsync(done.Token));
    }

    private LeaseWatch Watch(Func<bool> isHeld) =>
        new(
            _ =>
            {
                asked++;
                return Task.FromResult(isHeld());
            },
            ct =>
            {
                ct.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            }
        );
}
