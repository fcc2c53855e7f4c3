namespace Braid.Primitives.Tests;

public sealed class LoopTests
{
    private static readonly TimeSpan never = TimeSpan.FromHours(1);
    private static readonly TimeSpan atMost = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_loop_looks_at_once_and_again_when_woken()
    {
        using var steps = new SemaphoreSlim(0);
        await using var loop = Start(_ =>
        {
            steps.Release();
            return Task.FromResult(false);
        });
        Assert.True(await steps.WaitAsync(atMost));
        loop.Wake();
        Assert.True(await steps.WaitAsync(atMost));
    }

    [Fact]
    public async Task A_step_that_says_there_is_more_is_followed_by_another()
    {
        var left = 5;
        var done = new TaskCompletionSource();
        await using var loop = Start(_ =>
        {
            if (--left == 0)
            {
                done.SetResult();
            }

            return Task.FromResult(left > 0);
        });
        await done.Task.WaitAsync(atMost);
    }

    [Fact]
    public async Task A_step_that_throws_is_reported_and_tried_again()
    {
        var reported = new TaskCompletionSource<(string, Exception)>();
        var again = new TaskCompletionSource();
        var first = true;
        await using var loop = Start(
            _ =>
            {
                if (first)
                {
                    first = false;
                    throw new InvalidOperationException("broken");
                }

                again.TrySetResult();
                return Task.FromResult(false);
            },
            (name, error) => reported.TrySetResult((name, error))
        );
        var (loopName, thrown) = await reported.Task.WaitAsync(atMost);
        Assert.Equal(("test", "broken"), (loopName, thrown.Message));
        await again.Task.WaitAsync(atMost);
    }

    [Fact]
    public async Task Disposing_waits_for_the_step_under_way_and_cancels_it()
    {
        var begun = new TaskCompletionSource();
        var ended = false;
        var loop = Start(async ct =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
            finally
            {
                ended = true;
            }

            return false;
        });
        await begun.Task.WaitAsync(atMost);
        await loop.DisposeAsync();
        Assert.True(ended);
    }

    private static Loop Start(Func<CancellationToken, Task<bool>> step, Action<string, Exception>? failed = null)
    {
        var loop = new Loop("test", step, never, TimeProvider.System, failed ?? ((_, _) => { }));
        loop.Start();
        return loop;
    }
}
