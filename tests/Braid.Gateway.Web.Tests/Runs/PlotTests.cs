using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Plots;

namespace Braid.Gateway.Web.Tests.Runs;

/// <summary>Figures and samples that ClearML's clients report, and who printed what.</summary>
public sealed class PlotTests
{
    [Fact]
    public async Task A_plot_is_listed_with_its_iterations_and_each_is_shown()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        await PutAsync(host, run, Plot(1, """{"data":[{"y":[1]}]}"""), Plot(5, """{"data":[{"y":[5]}]}"""));

        var listed = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/plots");
        var figure = await LoggedRuns.AskAsync(
            host,
            $"/api/runs/{run}/plots/figure?metric=confusion&variant=val&iteration=5"
        );

        var plot = Assert.Single(listed["plots"]!.AsArray())!;
        Assert.Equal([1, 5], plot["iterations"]!.AsArray().Select(iteration => (int)iteration!));
        Assert.Equal("""{"data":[{"y":[5]}]}""", figure["figure"]!.ToJsonString());
    }

    [Fact]
    public async Task A_plot_that_is_not_there_or_is_none_is_said_so()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        await PutAsync(host, run, Plot(1, "no JSON"));

        var path = $"/api/runs/{run}/plots/figure?metric=confusion&variant=val&iteration=";
        Assert.Null((await LoggedRuns.AskAsync(host, path + 1))["figure"]);
        Assert.Equal("web.no-such-plot", (string?)(await LoggedRuns.AskAsync(host, path + 2))["code"]);
    }

    [Fact]
    public async Task A_sample_whose_file_a_newer_one_took_is_not_listed()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        await PutAsync(host, run, Sample(1, "a_1.png"), Sample(2, "a_2.png"), Sample(3, "a_1.png"));

        var listed = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/samples");

        var samples = Assert.Single(listed["samples"]!.AsArray())!;
        Assert.Equal([3, 2], samples["shots"]!.AsArray().Select(shot => (int)shot!["iteration"]!));
        Assert.EndsWith("a_2.png", (string?)samples["shots"]![1]!["uri"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_printed_how_many_lines_is_counted_and_where_they_are()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0.1);
        string[] workers = ["rank-0", "rank-0", "rank-1", "rank-0"];
        var lines = workers.Select(worker => new LogLine
        {
            TimestampMs = 1,
            Text = "x",
            Worker = worker,
        });
        await host.Rooms.Logs.AppendAsync(WebHost.Internal, run, [.. lines], default);

        var answer = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/log/workers?worker=rank-0");

        Assert.Equal(
            ["rank-0 3", "rank-1 1"],
            answer["workers"]!.AsArray().Select(one => $"{one!["worker"]} {one["lines"]}")
        );
        Assert.Equal([0, 2, 3, 1], answer["places"]!.AsArray().Select(number => (int)number!));
    }

    private static PlotEvent Plot(long iteration, string figure) =>
        new(
            PlotKind.Plot,
            "confusion",
            "val",
            iteration,
            iteration,
            new JsonObject { ["plot_str"] = figure }.ToJsonString()
        );

    private static PlotEvent Sample(long iteration, string file) =>
        new(
            PlotKind.DebugSample,
            "digits",
            "a",
            iteration,
            iteration,
            new JsonObject { ["url"] = $"http://127.0.0.1:8081/{file}" }.ToJsonString()
        );

    private static Task<Result<Unit>> PutAsync(WebHost host, RunId run, params PlotEvent[] plots) =>
        host.Rooms.Plots.PutAsync(WebHost.Internal, run, plots, default);
}
