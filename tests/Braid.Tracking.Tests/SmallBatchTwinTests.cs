using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;
using static Braid.Tracking.Tests.SmallBatches;

namespace Braid.Tracking.Tests;

/// <summary>Batches that wait and are folded, at random and from many sides, give what direct appends give.</summary>
public sealed class SmallBatchTwinTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory]
    [InlineData("sqlite", 71)]
    [InlineData("sqlite", 72)]
    [InlineData("sqlite", 73)]
    [InlineData("postgres", 74)]
    public async Task Batches_that_wait_and_are_folded_give_what_direct_appends_give(string store, int seed)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var folds = new SeriesFolds(tracking.Database);
        var (run, attempt) = await tracking.JobAsync();
        var (twin, _) = await tracking.JobAsync();
        Caller[] callers = [attempt, someone];
        var random = new Random(seed);
        Point[] last = [];
        var waited = 0L;
        for (var turn = 0; turn < 300; turn++)
        {
            tracking.Clock.Advance(TimeSpan.FromSeconds(1));
            switch (random.Next(40))
            {
                case 0:
                    await folds.StepAsync(_ => { }, default);
                    break;
                case 1:
                    await HistoryAsync(tracking, run, "m0");
                    break;
                case 2:
                    var writer = attempt.Writer ?? "";
                    await tracking.Database.WriteAsync(
                        db => tracking.Runs.DiscardWriterAsync(db, run, writer),
                        default
                    );
                    await tracking.Database.WriteAsync(
                        db => tracking.Runs.DiscardWriterAsync(db, twin, writer),
                        default
                    );
                    break;
                case 3 when random.Next(4) == 0:
                    await tracking.Series.DeleteAsync(someone, run, default);
                    await tracking.Series.DeleteAsync(someone, twin, default);
                    break;
                default:
                    // A client sends a batch again when it did not get the answer.
                    last = random.Next(10) == 0 ? last : Any(random, turn);
                    var caller = callers[random.Next(10) == 0 ? 1 : 0];
                    await AppendAsync(tracking, caller, run, last);
                    await AppendDirectlyAsync(tracking, caller, twin, last);
                    break;
            }

            waited = Math.Max(waited, await WaitingAsync(tracking));
        }

        Assert.InRange(waited, 3, 300);
        await AssertSameAsync(tracking, run, twin);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Clients_readers_and_folds_at_once_lose_and_double_nothing(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var elsewhere = new Series.Series(tracking.Database, tracking.Clock);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: -1);
        await Parallel.ForAsync(
            0,
            4,
            async (client, ct) =>
            {
                var series = client % 2 == 0 ? tracking.Series : elsewhere;
                for (var i = 0; i < 30; i++)
                {
                    var step = (client * 1000) + i;
                    Assert.True((await series.AppendAsync(someone, run, [At("m0", step), At("m1", step)], ct)).IsOk);
                    if (i % 7 == 0)
                    {
                        await FoldAsync(tracking);
                    }

                    if (i % 5 == 0)
                    {
                        var read = await series.HistoryAsync(someone, run, new("m1", "m1"), HistoryPage.All, ct);
                        Assert.Contains(step, read.Value.Items.Select(sample => sample.Step));
                    }
                }
            }
        );
        var history = await HistoryAsync(tracking, run, "m0");
        Assert.Equal((121, 121), (history.Count, history.Distinct().Count()));
        var listed = (await tracking.Series.ListAsync(someone, [run], default)).Value;
        Assert.Equal(121, listed.Single(one => one.Metric == "m1").Count);
    }

    private static async Task AppendDirectlyAsync(TrackingFixture tracking, Caller caller, RunId run, Point[] points) =>
        Assert.Null(
            (
                await tracking.Database.WriteAsync(
                    db => SeriesWriter.AppendAsync(db, caller, run, points, tracking.Clock.GetUtcNow()),
                    default
                )
            ).Error
        );

    private static Point[] Any(Random random, int turn) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 12))
                .Select(_ => new Point(
                    $"m{random.Next(6)}",
                    $"v{random.Next(2)}",
                    random.Next(20) == 0 ? random.Next(turn + 1) : turn,
                    random.Next(1000),
                    random.Next(8) == 0 ? double.NaN : random.Next(100)
                )),
        ];

    private static async Task AssertSameAsync(TrackingFixture tracking, RunId run, RunId twin)
    {
        var (one, other) = (await SummariesAsync(tracking, run), await SummariesAsync(tracking, twin));
        Assert.Equal(other, one);
        foreach (var name in one.Select(summary => summary.Name))
        {
            var history = await tracking.Series.HistoryAsync(someone, run, name, HistoryPage.All, default);
            var expected = await tracking.Series.HistoryAsync(someone, twin, name, HistoryPage.All, default);
            Assert.Equal(expected.Value.Items, history.Value.Items);
            var steps = await tracking.Series.StepsAsync(someone, run, name, StepPage.All, default);
            var expectedSteps = await tracking.Series.StepsAsync(someone, twin, name, StepPage.All, default);
            Assert.Equal(expectedSteps.Value, steps.Value);
        }

        var seen = (await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value;
        var expectedRun = (await tracking.Runs.GetAsync(someone, twin, RunParts.None, default)).Value;
        Assert.Equal((expectedRun.LastIteration, expectedRun.LastUpdate), (seen.LastIteration, seen.LastUpdate));
    }

    private static async Task<IReadOnlyList<SeriesSummary>> SummariesAsync(TrackingFixture tracking, RunId run) =>
        [
            .. (await tracking.Series.ListAsync(someone, [run], default)).Value.Select(summary =>
                summary with
                {
                    Owner = default,
                }
            ),
        ];
}
