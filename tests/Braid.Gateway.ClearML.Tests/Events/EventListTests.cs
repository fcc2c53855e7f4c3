using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Events.EventLines;

namespace Braid.Gateway.ClearML.Tests.Events;

/// <summary>Calls that ask what there is, of several tasks, or value by value.</summary>
public sealed class EventListTests
{
    [Fact]
    public async Task Curves_of_several_tasks_come_side_by_side()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (one, two) = (await host.Api.CreateTaskAsync("task one"), await host.Api.CreateTaskAsync("task two"));
        await AddAsync(host, Scalar(one, "loss", "train", 0, "1"), Scalar(two, "loss", "train", 0, "2"));

        var curves = await host.Api.DataAsync(
            "events.multi_task_scalar_metrics_iter_histogram",
            $$"""{"tasks":["{{one}}","{{two}}"]}"""
        );

        var train = curves["metrics"]!["loss"]!["train"]!;
        Assert.Equal("""{"name":"task one","x":[0],"y":[1]}""", train[one]!.ToJsonString());
        Assert.Equal("""{"name":"task two","x":[0],"y":[2]}""", train[two]!.ToJsonString());
    }

    [Fact]
    public async Task Metrics_and_variants_are_listed_by_type()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            Scalar(task, "loss", "train", 0, "1"),
            Scalar(task, "loss", "test", 0, "1"),
            Plot(task, "roc", "curve", 0)
        );

        var scalars = await host.Api.DataAsync("events.get_scalar_metrics_and_variants", $$"""{"task":"{{task}}"}""");
        Assert.Equal("""{"metrics":{"loss":["test","train"]}}""", scalars.ToJsonString());
        Assert.Equal("""["loss","roc"]""", await MetricsAsync(host, task, ""));
        Assert.Equal("""["roc"]""", await MetricsAsync(host, task, ""","event_type":"plot" """));
        Assert.Equal("""["loss"]""", await MetricsAsync(host, task, ""","event_type":"training_stats_scalar" """));
        var many = await host.Api.DataAsync("events.get_multi_task_metrics", $$"""{"tasks":["{{task}}"]}""", "2.28");
        Assert.Equal(
            """[{"metric":"loss","variants":["test","train"]},{"metric":"roc","variants":["curve"]}]""",
            many["metrics"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Latest_values_come_with_the_mean_of_the_last_ten()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [.. Enumerable.Range(0, 20).Select(step => Scalar(task, "loss", "train", step, $"{step}"))]
        );

        var latest = await host.Api.DataAsync("events.get_task_latest_scalar_values", $$"""{"task":"{{task}}"}""");

        Assert.Equal(
            """[{"name":"loss","variants":[{"name":"train","last_value":19,"last_10_value":14.5}]}]""",
            latest["metrics"]!.ToJsonString()
        );
        Assert.Equal((19, "demo"), (latest["last_iter"]!.GetValue<int>(), latest["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Values_are_read_in_pages_until_an_empty_one()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [
                .. Enumerable.Range(0, 5).Select(step => Scalar(task, "loss", "a", step, $"{step}")),
                .. Enumerable.Range(0, 5).Select(step => Scalar(task, "loss", "b", step, $"{10 + step}")),
            ]
        );
        var (scroll, values, pages) = ("", new List<double>(), 0);

        while (true)
        {
            var page = await host.Api.DataAsync(
                "events.scalar_metrics_iter_raw",
                $$"""{"task":"{{task}}","metric":{"metric":"loss"},"batch_size":3,"scroll_id":"{{scroll}}"}"""
            );
            Assert.Equal(10, page["total"]!.GetValue<int>());
            if (page["returned"]!.GetValue<int>() == 0)
            {
                break;
            }

            values.AddRange(
                page["variants"]!
                    .AsObject()
                    .SelectMany(variant => variant.Value!["y"]!.AsArray())
                    .Select(value => value!.GetValue<double>())
            );
            scroll = page["scroll_id"]!.GetValue<string>();
            pages++;
        }

        Assert.Equal([0, 1, 2, 3, 4, 10, 11, 12, 13, 14], values);
        Assert.Equal(4, pages);
    }

    [Fact]
    public async Task Values_of_a_metric_come_newest_first()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [.. Enumerable.Range(0, 3).Select(step => Scalar(task, "loss", "train", step, $"{step}"))]
        );
        await AddAsync(host, Scalar(task, "other", "train", 0, "7"));

        var data = await host.Api.DataAsync(
            "events.get_scalar_metric_data",
            $$"""{"task":"{{task}}","metric":"loss"}"""
        );

        Assert.Equal([2, 1, 0], data["events"]!.AsArray().Select(one => one!["iter"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Plots_of_several_tasks_are_nested_by_what_they_show()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (one, two) = (await host.Api.CreateTaskAsync("task one"), await host.Api.CreateTaskAsync("task two"));
        await AddAsync(host, Plot(one, "roc", "curve", 0), Plot(one, "roc", "curve", 5), Plot(two, "roc", "curve", 3));

        var plots = await host.Api.DataAsync("events.get_multi_task_plots", $$"""{"tasks":["{{one}}","{{two}}"]}""");

        var curve = plots["plots"]!["roc"]!["curve"]!;
        Assert.Equal("task one", curve[one]!["5"]!["name"]!.GetValue<string>());
        Assert.Null(curve[one]!["0"]);
        Assert.Single(curve[two]!["3"]!["plots"]!.AsArray());
    }

    [Fact]
    public async Task Events_of_a_task_are_deleted_and_of_a_published_one_only_by_force()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(host, Scalar(task, "loss", "train", 0, "1"), Plot(task, "roc", "curve", 0));
        await host.Api.DataAsync("tasks.publish", $$"""{"task":"{{task}}","force":true}""");

        Assert.Equal(400, (await host.Api.CallAsync("events.delete_for_task", $$"""{"task":"{{task}}"}""")).Code);
        Assert.Equal("""["loss","roc"]""", await MetricsAsync(host, task, ""));
        await host.Api.DataAsync("events.delete_for_task", $$"""{"task":"{{task}}","allow_locked":true}""");

        Assert.Empty(
            (await host.Api.DataAsync("events.get_task_events", $$"""{"task":"{{task}}"}"""))["events"]!.AsArray()
        );
    }

    private static async Task<string> MetricsAsync(ClearMLHost host, string task, string more) =>
        (await host.Api.DataAsync("events.get_task_metrics", $$"""{"tasks":["{{task}}"]{{more}}}"""))["metrics"]![0]![
            "metrics"
        ]!.ToJsonString();
}
