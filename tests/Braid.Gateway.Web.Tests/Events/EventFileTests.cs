using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using static Braid.Gateway.Web.Tests.Events.EventFileCalls;

namespace Braid.Gateway.Web.Tests.Events;

/// <summary>Event files, and what is in the run afterwards.</summary>
public sealed class EventFileTests
{
    [Fact]
    public async Task Scalars_become_points_with_the_steps_and_times_of_the_file()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var answer = await SendAsync(host, run, name, Bytes(tbx));
        Assert.Equal(Bytes(tbx).Length, (long)answer["next_offset"]!);
        Assert.Equal(0, (long)answer["damaged"]!);
        Assert.Equal((1_700_000_000_000, 1_700_000_060_000), ((long)answer["first_ms"]!, (long)answer["last_ms"]!));

        var losses = await HistoryAsync(host, run, new("loss", "train"));
        Assert.Equal(Enumerable.Range(0, 10).Select(step => (long)step), losses.Select(point => point.Step));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(step => (double)(1f / (step + 1))),
            losses.Select(point => point.Value)
        );
        Assert.Equal(
            Enumerable.Range(0, 10).Select(step => 1_700_000_000_000 + (step * 1000L)),
            losses.Select(point => point.TimestampMs)
        );
        var special = await HistoryAsync(host, run, new("edge", "special"));
        Assert.Equal(
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 3.4e38f, -0d],
            special.Select(point => point.Value)
        );
        Assert.Equal(-1, Assert.Single(await HistoryAsync(host, run, new("edge", "negative_step"))).Step);
        Assert.Equal(1L << 40, Assert.Single(await HistoryAsync(host, run, new("edge", "large_step"))).Step);
    }

    [Fact]
    public async Task A_subdirectory_is_part_of_the_names()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(
            host,
            run,
            $"compare/a/{name}",
            Bytes("tbx_run/compare/a/events.out.tfevents.1700000000.tracelet-fixture")
        );
        await SendAsync(
            host,
            run,
            $"compare/b/{name}",
            Bytes("tbx_run/compare/b/events.out.tfevents.1700000000.tracelet-fixture")
        );
        Assert.Equal(
            [0d, 1, 2],
            (await HistoryAsync(host, run, SeriesName.FromKey("compare/a/compare"))).Select(p => p.Value)
        );
        Assert.Equal(
            [0d, 2, 4],
            (await HistoryAsync(host, run, SeriesName.FromKey("compare/b/compare"))).Select(p => p.Value)
        );
    }

    [Fact]
    public async Task Histograms_and_curves_become_figures_and_images_and_sounds_files()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, name, Bytes(v2));
        var answer = await SendAsync(host, run, "tbx/" + name, Bytes(tbx));
        Assert.Equal((4, 3), ((long)answer["plots"]!, (long)answer["samples"]!));

        var histogram = await FigureAsync(host, run, new("h", "h"));
        Assert.Equal("bar", (string?)histogram["type"]);
        Assert.Equal([0.125, 0.375, 0.625, 0.875], histogram["x"]!.AsArray().Select(x => (double)x!));
        Assert.Equal([4d, 0, 0, 2], histogram["y"]!.AsArray().Select(y => (double)y!));
        var curve = await FigureAsync(host, run, SeriesName.FromKey("tbx/pr"));
        Assert.Equal((11, 11), (curve["x"]!.AsArray().Count, curve["text"]!.AsArray().Count));

        var samples = await PlotsAsync(host, run, PlotKind.DebugSample);
        Assert.Equal(
            [
                ("img", "img"),
                ("img", "img_1"),
                ("snd", "snd"),
                ("tbx", "pics/gray"),
                ("tbx", "pics/grid"),
                ("tbx", "pics/rgb"),
            ],
            samples.Select(sample => (sample.Metric, sample.Variant)).Order()
        );
        foreach (var sample in samples)
        {
            var url = new Uri((string)JsonNode.Parse(sample.Content)!["url"]!);
            Assert.Equal(WebHost.ClearML.Files, url.Port);
            var artifacts = new Tracking.Artifacts.Artifacts(host.Rooms.Database, host.Content, TimeProvider.System);
            var file = await artifacts.OpenAddressAsync(WebHost.Internal, url.ToString(), default);
            await using var content = file.Value.Content;
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            var start = url.AbsolutePath.EndsWith(".wav", StringComparison.Ordinal)
                ? "RIFF"u8
                : [0x89, (byte)'P', (byte)'N', (byte)'G'];
            Assert.True(bytes.GetBuffer().AsSpan(0, 4).SequenceEqual(start));
            Assert.Equal(run, file.Value.File.Run);
        }
    }

    [Fact]
    public async Task Texts_become_lines_and_hyperparameters_parameters()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, name, Bytes(v2));
        await SendAsync(host, run, $"trial_1/{name}", Bytes(trial));
        var lines = (await host.Rooms.Logs.ReadAsync(WebHost.Internal, run, new(), default)).Value;
        Assert.Equal(
            ["t0, step 0: scalar string", "t1, step 0: one\ntwo", "t2, step 0: a | b\nc | d", "old style log"],
            lines.Select(line => line.Text)
        );
        Assert.Equal("WARNING", lines[^1].Level);
        var parameters = (await host.Rooms.Runs.GetAsync(WebHost.Internal, run, RunParts.All, default))
            .Value
            .Parameters;
        Assert.Equal(
            [
                ("lr", "0.02"),
                ("nesterov", "True"),
                ("opt", "sgd"),
                ("trial_1/amp", "True"),
                ("trial_1/batch", "32"),
                ("trial_1/lr", "0.01"),
                ("trial_1/opt", "adam"),
            ],
            parameters
                .Where(parameter => parameter.Section == "General")
                .Select(parameter => (parameter.Name, parameter.Value))
        );
    }

    [Fact]
    public async Task What_is_not_shown_anywhere_is_counted()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var answer = await SendAsync(host, run, name, Bytes(torch));
        Assert.Equal(3, (long)answer["left_out"]!); // the points, faces and colours of a mesh
    }

    [Fact]
    public async Task Steps_that_are_taken_again_keep_all_their_points()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, "events.out.tfevents.1.host", Bytes(first));
        await SendAsync(host, run, "events.out.tfevents.2.host", Bytes(second));
        var losses = await HistoryAsync(host, run, new("loss", "loss"));
        Assert.Equal(18, losses.Count);
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 10, 11, 12], losses.Select(point => point.Step));
    }
}
