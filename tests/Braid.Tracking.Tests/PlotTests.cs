using Braid.Access.Callers;
using Braid.Testing;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class PlotTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_plot_of_the_same_identity_takes_the_place_of_the_older(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        var big = new string('x', 200_000);
        await tracking.Plots.PutAsync(someone, run, [Plot("m", "v", 1, "old"), Plot("m", "w", 1, big)], default);
        await tracking.Plots.PutAsync(someone, run, [Plot("m", "v", 1, "new")], default);
        var plots = (await tracking.Plots.ListAsync(someone, new([run], PlotKind.Plot), default)).Value.Items;
        Assert.Equal(["new", big], plots.Select(plot => plot.Content));
        Assert.Equal(1, (await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value.LastIteration);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_newest_iterations_of_each_variant_are_found_and_paged(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        var plots = Enumerable
            .Range(0, 10)
            .SelectMany(i => new[] { Plot("a", "x", i, "{}"), Plot("b", "y", i * 2, "{}") });
        await tracking.Plots.PutAsync(someone, run, [.. plots], default);
        var newest = await IterationsAsync(tracking, new([run], null) { Iterations = 2 });
        Assert.Equal(["a8", "a9", "b16", "b18"], newest);
        var named = await IterationsAsync(
            tracking,
            new([run], null)
            {
                Names = [("b", null)],
                Descending = true,
                Limit = 2,
                Offset = 1,
            }
        );
        Assert.Equal(["b16", "b14"], named);
        Assert.Empty(await IterationsAsync(tracking, new([run], PlotKind.Vector)));
        var series = (await tracking.Plots.SeriesAsync(someone, [run], default)).Value;
        Assert.Equal(
            [("a", 0, 9, 10), ("b", 0, 18, 10)],
            series.Select(one => (one.Metric, one.MinIteration, one.MaxIteration, one.Count))
        );
    }

    private static PlotEvent Plot(string metric, string variant, long iteration, string content) =>
        new(PlotKind.Plot, metric, variant, iteration, 5, content);

    private static async Task<IEnumerable<string>> IterationsAsync(TrackingFixture tracking, PlotQuery query) =>
        (await tracking.Plots.ListAsync(someone, query, default)).Value.Items.Select(plot =>
            $"{plot.Metric}{plot.Iteration}"
        );
}
