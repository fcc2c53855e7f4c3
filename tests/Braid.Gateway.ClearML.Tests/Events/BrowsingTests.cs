using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Events.EventLines;

namespace Braid.Gateway.ClearML.Tests.Events;

/// <summary>Calls that go through plots, debug images and all events step by step.</summary>
public sealed class BrowsingTests
{
    [Fact]
    public async Task Plots_are_gone_through_iteration_by_iteration_in_both_directions()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(host, [.. Enumerable.Range(0, 4).Select(at => Plot(task, "roc", "curve", at))]);

        var (seen, scroll) = (new List<long>(), "null");
        foreach (var earlier in (bool[])[true, true, true, false, false])
        {
            var page = await host.Api.DataAsync(
                "events.plots",
                $$"""{"metrics":[{"task":"{{task}}","metric":"roc"}],"navigate_earlier":{{(
                    earlier ? "true" : "false"
                )}},"scroll_id":{{scroll}}}"""
            );
            scroll = page["scroll_id"]!.ToJsonString();
            seen.AddRange(page["metrics"]![0]!["iterations"]!.AsArray().Select(one => one!["iter"]!.GetValue<long>()));
        }

        Assert.Equal([3, 2, 1, 2, 3], seen);
    }

    [Fact]
    public async Task A_debug_image_leads_to_its_neighbours()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [
                .. from iteration in Enumerable.Range(0, 3)
                from variant in (string[])["a", "b"]
                select Image(task, "faces", variant, iteration, $"{variant}{iteration}"),
                Image(task, "other", "c", 1, "c1"),
            ]
        );

        var first = await host.Api.DataAsync(
            "events.get_debug_image_sample",
            $$"""{"task":"{{task}}","metric":"faces","variant":"b","iteration":1,"navigate_current_metric":false}"""
        );

        Assert.Equal("b1 0..2", Shown(first));
        var next = await NextAsync(host, task, first, ""","navigate_earlier":false""");
        Assert.Equal("c1 1..1", Shown(next));
        Assert.Equal("a2 0..2", Shown(await NextAsync(host, task, next, ""","navigate_earlier":false""")));
        Assert.Equal("a1 0..2", Shown(await NextAsync(host, task, first, ""","navigate_earlier":true""")));
        var older = await NextAsync(host, task, first, ""","navigate_earlier":true,"next_iteration":true""");
        Assert.Equal("b0 0..2", Shown(older));
        var oldest = await NextAsync(host, task, older, ""","navigate_earlier":true,"next_iteration":true""");
        Assert.Null(oldest["event"]);
    }

    [Fact]
    public async Task An_image_whose_file_was_written_again_is_not_shown()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [.. Enumerable.Range(0, 300).Select(at => Image(task, "faces", "a", at, $"file {at % 150}"))]
        );

        var newest = await host.Api.DataAsync(
            "events.get_debug_image_sample",
            $$"""{"task":"{{task}}","metric":"faces","variant":"a"}"""
        );

        Assert.Equal("file 149 150..299", Shown(newest));
    }

    [Fact]
    public async Task Plots_of_a_metric_come_together_and_lead_to_the_next_metric()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            Plot(task, "roc", "a", 5),
            Plot(task, "roc", "b", 5),
            Plot(task, "sum", "c", 5),
            Plot(task, "roc", "a", 6)
        );

        var first = await host.Api.DataAsync(
            "events.get_plot_sample",
            $$"""{"task":"{{task}}","metric":"roc","iteration":5,"navigate_current_metric":false}"""
        );
        var next = await host.Api.DataAsync(
            "events.next_plot_sample",
            $$"""{"task":"{{task}}","scroll_id":{{first["scroll_id"]!.ToJsonString()}},"navigate_earlier":false}"""
        );

        Assert.Equal(["a", "b"], first["events"]!.AsArray().Select(one => one!["variant"]!.GetValue<string>()));
        Assert.Equal((5, 6), (first["min_iteration"]!.GetValue<int>(), first["max_iteration"]!.GetValue<int>()));
        Assert.Equal("c", next["events"]!.AsArray().Single()!["variant"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Events_of_all_series_come_by_iteration_each_once(string order)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [
                .. from iteration in Enumerable.Range(0, 40)
                from metric in (string[])["a", "b"]
                where (iteration + metric[0]) % 3 != 0
                select Scalar(task, metric, "x", iteration, "1"),
                Plot(task, "roc", "curve", 7),
                Scalar(task, "Summary", "best", int.MinValue, "9"),
                Log(task, "one", 1),
                Log(task, "two", 2),
            ]
        );
        // Written again: it replaces, and is not counted.
        await AddAsync(host, Scalar(task, "a", "x", 3, "2", timestamp: 2000));

        var (seen, total) = await AllEventsAsync(host, task, order);

        var iterations = seen.Where(one => one["iter"] is not null)
            .Select(one => one["iter"]!.GetValue<long>())
            .ToList();
        Assert.Equal(order == "asc" ? iterations.Order() : iterations.OrderDescending(), iterations);
        Assert.Equal(total, seen.Count);
        Assert.Equal(seen.Count, seen.DistinctBy(one => one.ToJsonString()).Count());
        var lines = seen.TakeLast(2).Select(one => one["msg"]!.GetValue<string>());
        Assert.Equal(order == "asc" ? ["one", "two"] : ["two", "one"], lines);
    }

    [Fact]
    public async Task Vectors_come_by_iteration()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(at =>
                        $$"""{"type":"training_stats_vector","task":"{{task}}","metric":"v","variant":"w","iter":{{at}},"values":[{{at}},1]}"""
                    ),
            ]
        );

        var vectors = await host.Api.DataAsync(
            "events.vector_metrics_iter_histogram",
            $$"""{"task":"{{task}}","metric":"v","variant":"w"}"""
        );

        Assert.Equal(
            ["[0,1]", "[1,1]", "[2,1]"],
            vectors["images"]!.AsArray().Select(one => one!["values"]!.ToJsonString())
        );
    }

    [Theory]
    [InlineData("events.next_plot_sample", "nonsense")]
    [InlineData("events.next_debug_image_sample", "W10")]
    [InlineData("events.get_task_events", "WyJ4Il0")]
    [InlineData("events.scalar_metrics_iter_raw", "e30")]
    public async Task A_scroll_id_that_is_none_is_refused(string endpoint, string scroll)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        var reply = await host.Api.CallAsync(
            endpoint,
            $$"""{"task":"{{task}}","metric":{"metric":"a"},"scroll_id":"{{scroll}}"}"""
        );

        Assert.Equal((400, 1104), (reply.Code, reply.Subcode));
    }

    private static string Image(string task, string metric, string variant, int iteration, string url) =>
        $$"""{"type":"training_debug_image","task":"{{task}}","metric":"{{metric}}","variant":"{{variant}}","iter":{{iteration}},"url":"{{url}}","timestamp":1}""";

    private static string Shown(JsonObject sample) =>
        $"{sample["event"]?["url"]} {sample["min_iteration"]}..{sample["max_iteration"]}";

    private static Task<JsonObject> NextAsync(ClearMLHost host, string task, JsonObject sample, string more) =>
        host.Api.DataAsync(
            "events.next_debug_image_sample",
            $$"""{"task":"{{task}}","scroll_id":{{sample["scroll_id"]!.ToJsonString()}}{{more}}}"""
        );

    private static async Task<(List<JsonObject> Events, int Total)> AllEventsAsync(
        ClearMLHost host,
        string task,
        string order
    )
    {
        var (seen, scroll) = (new List<JsonObject>(), "null");
        while (true)
        {
            var page = await host.Api.DataAsync(
                "events.get_task_events",
                $$"""{"task":"{{task}}","order":"{{order}}","batch_size":7,"scroll_id":{{scroll}}}"""
            );
            scroll = page["scroll_id"]!.ToJsonString();
            if (page["returned"]!.GetValue<int>() == 0)
            {
                return (seen, page["total"]!.GetValue<int>());
            }

            seen.AddRange(page["events"]!.AsArray().Select(one => one!.AsObject()));
        }
    }
}
