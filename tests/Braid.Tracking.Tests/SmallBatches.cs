using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Tests;

/// <summary>Batches of points as the tests send them, and what became of them.</summary>
internal static class SmallBatches
{
    private static readonly Caller someone = TrackingFixture.Someone;

    public static Point At(string name, long step, double? value = null) => new(name, name, step, 1, value ?? step);

    /// <summary>A batch of ten series.</summary>
    public static Task LogAsync(TrackingFixture tracking, RunId run, long step) =>
        AppendAsync(tracking, someone, run, [.. Enumerable.Range(0, 10).Select(i => At($"m{i}", step))]);

    public static async Task AppendAsync(TrackingFixture tracking, Caller caller, RunId run, Point[] points) =>
        Assert.Null((await tracking.Series.AppendAsync(caller, run, points, default)).Error);

    /// <summary>A turn of the loop.</summary>
    public static Task FoldAsync(TrackingFixture tracking) =>
        new SeriesFolds(tracking.Database).StepAsync(_ => { }, default);

    public static Task<long> WaitingAsync(TrackingFixture tracking) =>
        tracking.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM series_inbox"), default);

    public static async Task<List<long>> HistoryAsync(TrackingFixture tracking, RunId run, string name)
    {
        var read = await tracking.Series.HistoryAsync(someone, run, new(name, name), HistoryPage.All, default);
        return [.. read.Value.Items.Select(sample => sample.Step)];
    }
}
