using System.Globalization;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using static Braid.Tracking.Tests.SmallBatches;

namespace Braid.Tracking.Tests;

/// <summary>Whoever reads cannot tell whether small batches wait.</summary>
public sealed class SmallBatchReadTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    public static TheoryData<string, string> Readers
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var reader in readers.Keys)
            {
                all.Add("sqlite", reader);
                all.Add("postgres", reader);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task Whoever_reads_sees_what_waits(string store, string reader)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = ((await tracking.RunAsync()).Id, (await tracking.RunAsync()).Id);
        foreach (var id in (RunId[])[run, other])
        {
            await LogAsync(tracking, id, step: 1);
            await tracking.Series.AppendAsync(someone, id, [At("single", Point.SingleValueStep, 1)], default);
        }

        await LogAsync(tracking, run, step: 7);
        await tracking.Series.AppendAsync(someone, run, [At("single", Point.SingleValueStep, 7)], default);
        Assert.Equal(2, await WaitingAsync(tracking));
        Assert.Equal("7", await readers[reader](tracking, run));
        Assert.Equal(0, await WaitingAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Whoever_reads_another_run_folds_nothing(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = ((await tracking.RunAsync()).Id, (await tracking.RunAsync()).Id);
        await LogAsync(tracking, run, step: 1);
        await LogAsync(tracking, run, step: 2);
        await tracking.Runs.GetAsync(someone, other, RunParts.All, default);
        await tracking.Series.ListAsync(someone, [other], default);
        await tracking.Runs.StatusAsync(someone, run, default);
        Assert.Equal(1, await WaitingAsync(tracking));
    }

    /// <summary>What each way of reading says of the newest value of m0, or of the single value.</summary>
    private static readonly Dictionary<string, Func<TrackingFixture, RunId, Task<string>>> readers = new()
    {
        ["get"] = async (tracking, run) =>
            Last((await tracking.Runs.GetAsync(someone, run, RunParts.Metrics, default)).Value.Metrics),
        ["get many"] = async (tracking, run) =>
            Last((await tracking.Runs.GetManyAsync(someone, [run], RunParts.Metrics, default)).Value[0].Metrics),
        ["last iteration"] = async (tracking, run) =>
            Text((await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value.LastIteration),
        ["search"] = async (tracking, run) =>
            Last((await tracking.Runs.QueryAsync(someone, Above(5), default)).Value.Items.Single().Metrics),
        ["search in the metric's order"] = async (tracking, run) =>
            Last((await tracking.Runs.QueryAsync(someone, Ordered(), default)).Value.Items[0].Metrics),
        ["count"] = async (tracking, run) =>
            Text((await tracking.Runs.CountAsync(someone, Above(5), default)).Value * 7),
        ["count by project"] = async (tracking, run) =>
            Text((await tracking.Runs.CountByProjectAsync(someone, Above(5), default)).Value.Values.Sum() * 7),
        ["newest by project"] = async (tracking, run) =>
            Last((await tracking.Runs.NewestByProjectAsync(someone, Above(5), default)).Value.Single().Metrics),
        ["change"] = async (tracking, run) =>
            Last((await tracking.Runs.UpdateAsync(someone, run, new() { Comment = "seen" }, default)).Value.Metrics),
        ["status"] = async (tracking, run) =>
            Text(
                (await tracking.Runs.SetStatusAsync(someone, run, new(RunStatus.Completed), default))
                    .Value
                    .LastIteration
            ),
        ["list"] = async (tracking, run) => Last((await tracking.Series.ListAsync(someone, [run], default)).Value),
        ["history"] = async (tracking, run) => Text((await HistoryAsync(tracking, run, "m0"))[^1]),
        ["steps"] = async (tracking, run) =>
            Text(
                (await tracking.Series.StepsAsync(someone, run, new("m0", "m0"), StepPage.All, default)).Value[^1].Step
            ),
        ["number of steps"] = async (tracking, run) =>
            Text((await tracking.Series.CountStepsAsync(someone, run, [new("m0", "m0")], default)).Value[0] + 5),
        ["curves"] = async (tracking, run) =>
            Text((await tracking.Series.CurvesAsync(someone, new([run], 10, CurveAxis.Step), default)).Value[0].X[^1]),
        ["single values"] = async (tracking, run) =>
            Text((await tracking.Series.SingleValuesAsync(someone, [run], default)).Value[0].Point.Value),
    };

    private static RunQuery Above(double value) =>
        new() { Where = new Filter.Compare(new Field.Metric("m0", "m0"), Comparison.Greater, value) };

    private static RunQuery Ordered() =>
        new() { OrderBy = [new(new Field.Metric("m0", "m0"), Descending: true)], Limit = 1 };

    private static string Last(IEnumerable<SeriesSummary> metrics) =>
        Text(metrics.Single(one => one.Metric == "m0").Last.Value);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
