using Braid.Primitives;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Tests;

public sealed class KnownSeriesTests
{
    private readonly IdSource ids = IdSource.Seeded(3);
    private readonly KnownSeries known = new();

    [Fact]
    public void Series_that_were_folded_may_wait_and_others_may_not()
    {
        var run = NewRun();
        Assert.Null(known.MayWait(run, Series(2)));
        known.Folded(run, 7, Series(2));
        Assert.Equal(7, known.MayWait(run, Series(2)));
        Assert.Null(known.MayWait(run, Series(3)));
        Assert.Null(known.MayWait(NewRun(), Series(1)));
        known.Folded(run, 8, Series(1));
        Assert.Equal(8, known.MayWait(run, Series(1)));
        Assert.Null(known.MayWait(run, Series(2)));
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(1000, 5)]
    public void When_many_wait_the_next_batch_folds_them(int points, int batches)
    {
        var run = NewRun();
        known.Folded(run, 1, Series(1));
        for (var i = 0; i < batches; i++)
        {
            Assert.Equal(1, known.MayWait(run, Series(1)));
            known.Waits(run, 1, points);
        }

        Assert.Null(known.MayWait(run, Series(1)));
        known.Folded(run, 1, Series(1));
        Assert.Equal(1, known.MayWait(run, Series(1)));
    }

    [Fact]
    public void What_nobody_logs_to_is_forgotten_and_what_somebody_does_is_not()
    {
        var (quiet, busy) = (NewRun(), NewRun());
        known.Folded(quiet, 1, Series(1));
        known.Folded(busy, 1, Series(1));
        for (var i = 0; i < 100; i++)
        {
            known.Folded(NewRun(), 1, Series(1000));
            Assert.Equal(1, known.MayWait(busy, Series(1)));
        }

        Assert.Null(known.MayWait(quiet, Series(1)));
    }

    private RunId NewRun() => new(ids.Next());

    private static SeriesSamples[] Series(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SeriesSamples(new($"m{i}", "v"), [new(1, 1, 1)]))];
}
