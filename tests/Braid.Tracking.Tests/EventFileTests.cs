using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>What is read of event files, stored together with the place where it ends.</summary>
public sealed class EventFileTests
{
    private const string path = "train/events.out.tfevents.1.host";
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_file_goes_on_where_it_ended_and_nowhere_else(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var files = await tracking.EventFilesAsync();
        var run = (await tracking.RunAsync()).Id;
        Assert.Equal(0, (await files.FindAsync(someone, run, path, "train", default)).Value.File.NextOffset);
        Assert.Equal(100, (await files.AppendAsync(someone, run, Advance(0, 100, 1), default)).Value.NextOffset);
        foreach (var (from, to) in ((long, long)[])[(0, 100), (50, 150), (150, 200)])
        {
            var refused = await files.AppendAsync(someone, run, Advance(from, to, 2), default);
            Assert.Equal(("tracking.event-file-moved", ErrorKind.Conflict), (refused.Error?.Code, refused.Error?.Kind));
        }

        var taken = (await files.AppendAsync(someone, run, Advance(100, 250, 3), default)).Value;
        Assert.Equal((250, 2, (1000L, 3000L)), (taken.NextOffset, taken.Counts.Points, taken.Times!.Value));
        Assert.Equal([1d, 3], await ValuesAsync(tracking, run));
        Assert.Equal(taken, Assert.Single((await files.ListAsync(someone, run, default)).Value));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Another_file_of_the_same_path_begins_anew(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var files = await tracking.EventFilesAsync();
        var run = (await tracking.RunAsync()).Id;
        await files.AppendAsync(someone, run, Advance(0, 100, 1), default);
        var other = await files.AppendAsync(someone, run, Advance(0, 40, 2) with { Beginning = 8 }, default);
        Assert.Equal((8u, 40, 1), (other.Value.Beginning, other.Value.NextOffset, other.Value.Counts.Points));
        Assert.Equal([1d, 2], await ValuesAsync(tracking, run));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Files_plots_and_parameters_come_with_the_points_or_not_at_all(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var files = await tracking.EventFilesAsync();
        var artifacts = await tracking.ArtifactsAsync();
        var run = (await tracking.RunAsync()).Id;
        var advance = Advance(0, 100, 1) with
        {
            Media =
            [
                new("tensorboard/a.png", new byte[] { 1, 2, 3 }),
                new("tensorboard/b.png", ReadOnlyMemory<byte>.Empty),
            ],
            Plots = [new(PlotKind.DebugSample, "m", "v", 4, 5, "{}")],
            Parameters = [new("General", "lr", "0.1")],
            Lines = [new() { TimestampMs = 1, Text = "hello" }],
            Tags = [new("loss", "scalars")],
        };
        Assert.False((await files.AppendAsync(someone, run, advance with { From = 7 }, default)).IsOk);
        Assert.Empty((await artifacts.ListAsync(someone, ArtifactSpaces.Files, "tensorboard", default)).Value);

        Assert.True((await files.AppendAsync(someone, run, advance, default)).IsOk);
        var stored = (await artifacts.ListAsync(someone, ArtifactSpaces.Files, "tensorboard", default)).Value;
        Assert.Equal([3L, 0], stored.Select(file => file.Size));
        Assert.All(stored, file => Assert.Equal(run, file.Run));
        var made = (await tracking.Runs.GetAsync(someone, run, RunParts.All, default)).Value;
        Assert.Equal((4, "0.1"), (made.LastIteration, Assert.Single(made.Parameters).Value));
        var state = (await files.FindAsync(someone, run, path, "train", default)).Value;
        Assert.Equal([new("loss", "scalars")], state.Tags);
        Assert.Empty((await files.FindAsync(someone, run, path, "validation", default)).Value.Tags);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_attempt_that_was_given_up_takes_its_files_with_it(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var files = await tracking.EventFilesAsync();
        var (run, first) = await tracking.JobAsync();
        var second = first with { Attempt = "attempt-2" };
        await files.AppendAsync(first, run, Advance(0, 100, 1), default);
        await tracking.Database.WriteAsync(db => tracking.Runs.DiscardWriterAsync(db, run, first.Attempt), default);
        Assert.Empty((await files.ListAsync(first, run, default)).Value);
        Assert.True((await files.AppendAsync(second, run, Advance(0, 100, 1), default)).IsOk);
        Assert.Equal([1d], await ValuesAsync(tracking, run));
        var other = (await tracking.RunAsync()).Id;
        Assert.False((await files.AppendAsync(second, other, Advance(0, 100, 1), default)).IsOk);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Who_clears_or_deletes_a_run_makes_its_files_wanted_again(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var files = await tracking.EventFilesAsync();
        var run = (await tracking.RunAsync()).Id;
        await files.AppendAsync(someone, run, Advance(0, 100, 1), default);
        await tracking.Series.DeleteAsync(someone, run, default);
        Assert.True((await files.AppendAsync(someone, run, Advance(0, 100, 1), default)).IsOk);
        await tracking.Runs.ResetAsync(someone, run, force: true, StoredFiles.Go, default);
        Assert.True((await files.AppendAsync(someone, run, Advance(0, 100, 1), default)).IsOk);
        Assert.Equal([1d], await ValuesAsync(tracking, run));
        await tracking.Runs.DeleteAsync(someone, run, StoredFiles.Go, default);
        Assert.Equal("tracking.no-such-run", (await files.ListAsync(someone, run, default)).Error?.Code);
    }

    private static EventFileAdvance Advance(long from, long to, double value) =>
        new()
        {
            Path = path,
            Directory = "train",
            Beginning = 7,
            From = from,
            To = to,
            Times = ((long)value * 1000, (long)value * 1000),
            Counts = new() { Records = 1, Points = 1 },
            Points = [new(new("loss", "loss"), [new((long)value, (long)value * 1000, value)])],
        };

    private static async Task<IEnumerable<double>> ValuesAsync(TrackingFixture tracking, RunId run) =>
        (
            await tracking.Series.HistoryAsync(someone, run, new("loss", "loss"), HistoryPage.All, default)
        ).Value.Items.Select(sample => sample.Value);
}
