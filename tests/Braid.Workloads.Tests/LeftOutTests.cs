using Braid.Primitives;
using Braid.Testing;
using Braid.Workloads.Keeping;

namespace Braid.Workloads.Tests;

/// <summary>What throws is left alone for a while, longer every time.</summary>
public sealed class LeftOutTests
{
    private static readonly RunId id = new(IdSource.Seeded(1).Next());
    private static readonly RunId other = new(IdSource.Seeded(2).Next());

    private readonly SteppedClock clock = new();
    private readonly List<Exception> told = [];
    private readonly LeftOut leftOut;

    public LeftOutTests() => leftOut = new(clock);

    [Fact]
    public async Task One_that_throws_is_left_out_twice_as_long_every_time_and_never_longer_than_five_minutes()
    {
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
        {
            Assert.False(await FailAsync());
            clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.True(leftOut.Contains(id), $"for {seconds} s");
            clock.Advance(TimeSpan.FromTicks(1));
            Assert.False(leftOut.Contains(id), $"after {seconds} s");
        }
    }

    [Fact]
    public async Task The_others_go_on_and_who_threw_is_told_with_why()
    {
        await FailAsync();
        Assert.True(await leftOut.TryAsync(other, () => Task.CompletedTask, told.Add));
        Assert.Equal((1, false), (leftOut.Count, leftOut.Contains(other)));
        var error = Assert.Single(told);
        Assert.Equal($"workload {id} is left out for 00:00:01: it makes no sense", error.Message);
        Assert.IsType<InvalidDataException>(error.InnerException);
    }

    [Fact]
    public async Task One_that_goes_well_again_begins_with_the_shortest_time()
    {
        await FailAsync();
        await FailAsync();
        Assert.True(await leftOut.TryAsync(id, () => Task.CompletedTask, told.Add));
        Assert.False(leftOut.Contains(id));
        await FailAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(leftOut.Contains(id));
    }

    [Fact]
    public async Task One_that_nobody_tries_again_is_forgotten()
    {
        await FailAsync();
        await FailAsync();
        clock.Advance(TimeSpan.FromMinutes(6));
        await leftOut.TryAsync(other, Throw, told.Add);
        await FailAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(leftOut.Contains(id));
    }

    [Fact]
    public async Task Who_is_told_to_end_is_not_left_out()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            leftOut.TryAsync(id, () => throw new OperationCanceledException(), told.Add)
        );
        Assert.Equal((0, 0), (leftOut.Count, told.Count));
    }

    private Task<bool> FailAsync() => leftOut.TryAsync(id, Throw, told.Add);

    private static Task Throw() => throw new InvalidDataException("it makes no sense");
}
