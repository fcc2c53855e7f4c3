using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Events.EventLines;

namespace Braid.Gateway.ClearML.Tests.Events;

public sealed class EventTests
{
    [Fact]
    public async Task Scalars_come_back_as_curves_single_values_and_last_metrics()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            Scalar(task, "loss", "train", 0, "1.5"),
            Scalar(task, "loss", "train", 1, "0.5"),
            Scalar(task, "loss", "train", 1, "0.25", timestamp: 2000),
            Scalar(task, "Summary", "best", int.MinValue, "9"),
            Scalar(task, ":monitor:machine", "cpu", 77, "3")
        );

        var curves = await host.Api.DataAsync("events.scalar_metrics_iter_histogram", $$"""{"task":"{{task}}"}""");
        var single = await host.Api.DataAsync("events.get_task_single_value_metrics", $$"""{"tasks":["{{task}}"]}""");
        var read = await host.Api.TaskAsync(task);

        Assert.Equal("""{"name":"train","x":[0,1],"y":[1.5,0.25]}""", curves["loss"]!["train"]!.ToJsonString());
        Assert.Null(curves["Summary"]);
        Assert.Equal(
            $$"""{"tasks":[{"task":"{{task}}","task_name":"demo","values":[{"metric":"Summary","variant":"best","value":9,"timestamp":1000}]}]}""",
            single.ToJsonString()
        );
        Assert.Equal(1, read["last_iteration"]!.GetValue<int>());
        // MD5 of "loss" and of "train", as the SDK computes them.
        var last = read["last_metrics"]!["81513effdf5790b79549208838404407"]!["61b3a8faa9c1091806675c230a9abe64"];
        Assert.Equal(0.25, last!["value"]!.GetValue<double>());
    }

    [Fact]
    public async Task Scalars_sent_step_by_step_come_back_at_once()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        for (var step = 0; step < 4; step++)
        {
            await AddAsync(
                host,
                Scalar(task, "loss", "train", step, $"{step}"),
                Scalar(task, "loss", "test", step, $"{step}"),
                Scalar(task, "Summary", "best", int.MinValue, $"{step}", timestamp: step)
            );
            var asked = $$"""{"task":"{{task}}","event_type":"training_stats_scalar"}""";

            var curves = await host.Api.DataAsync("events.scalar_metrics_iter_histogram", $$"""{"task":"{{task}}"}""");
            await AddAsync(host, Scalar(task, "loss", "test", step, $"{step}.5"));
            var events = await host.Api.DataAsync("events.get_task_events", asked);
            await AddAsync(host, Scalar(task, "loss", "test", step, $"{step}.25"));
            var last = await host.Api.DataAsync(
                "tasks.get_all",
                $$"""{"id":["{{task}}"],"only_fields":["last_iteration"]}"""
            );

            Assert.Equal(step + 1, curves["loss"]!["train"]!["x"]!.AsArray().Count);
            Assert.Equal((2 * (step + 1)) + 1, events["total"]!.GetValue<int>());
            Assert.Equal(step, last["tasks"]![0]!["last_iteration"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task The_log_comes_in_pages_back_in_time()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(host, [.. Enumerable.Range(1, 5).Select(at => Log(task, $"line {at}", at * 1000))]);

        var newest = await LogAsync(
            host,
            $$"""{"task":"{{task}}","batch_size":2,"navigate_earlier":true,"order":"asc"}"""
        );
        var before = await LogAsync(host, $$"""{"task":"{{task}}","batch_size":2,"from_timestamp":4000}""");
        var after = await LogAsync(host, $$"""{"task":"{{task}}","navigate_earlier":false,"from_timestamp":4000}""");

        Assert.Equal("line 4,line 5", newest);
        Assert.Equal("line 3,line 2", before);
        Assert.Equal("line 5", after);
    }

    [Fact]
    public async Task Plots_and_debug_images_come_newest_iteration_first()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            $$$"""{"type":"plot","task":"{{{task}}}","metric":"p","variant":"v","iter":1,"plot_str":"{\"data\":1}"}""",
            $$$"""{"type":"plot","task":"{{{task}}}","metric":"p","variant":"v","iter":2,"plot_str":"{\"data\":2}"}"""
        );
        await AddAsync(
            host,
            [
                .. Enumerable
                    .Range(0, 4)
                    .Select(at =>
                        $$"""{"type":"training_debug_image","task":"{{task}}","metric":"m","variant":"v","iter":{{at}},"url":"u{{at % 3}}","key":"k"}"""
                    ),
            ]
        );

        var plots = await host.Api.DataAsync("events.get_task_plots", $$"""{"task":"{{task}}","iters":1}""");
        var seen = new List<long>();
        var scroll = "null";
        for (var turn = 0; turn < 5; turn++)
        {
            var page = await host.Api.DataAsync(
                "events.debug_images",
                $$"""{"metrics":[{"task":"{{task}}","metric":"m"}],"iters":1,"scroll_id":{{scroll}}}"""
            );
            scroll = page["scroll_id"]!.ToJsonString();
            seen.AddRange(page["metrics"]![0]!["iterations"]!.AsArray().Select(one => one!["iter"]!.GetValue<long>()));
        }

        Assert.Equal("""{"data":2}""", plots["plots"]!.AsArray().Single()!["plot_str"]!.GetValue<string>());
        // The url of iteration 0 was used again by iteration 3.
        Assert.Equal([3, 2, 1], seen);
    }

    [Fact]
    public async Task Events_are_read_in_pages_until_an_empty_one()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(
            host,
            [
                .. Enumerable.Range(0, 5).Select(at => Scalar(task, "a", "x", at, "1")),
                .. Enumerable.Range(0, 3).Select(at => Scalar(task, "b", "x", at, "2")),
                Log(task, "hello", 1),
            ]
        );

        Assert.Equal([3, 3, 2, 0], await PageSizesAsync(host, task, "training_stats_scalar"));
        Assert.Equal([3, 3, 3, 0], await PageSizesAsync(host, task, "*"));
        Assert.Equal([0], await PageSizesAsync(host, task, "plot"));
    }

    [Fact]
    public async Task What_is_wrong_with_one_line_does_not_stop_the_others()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        var data = await AddAsync(
            host,
            Scalar(task, "a", "x", 1, "NaN"),
            Scalar("00000000000000000000000000000001", "a", "x", 1, "1"),
            """{"type":"log"}""",
            $$"""{"type":"nonsense","task":"{{task}}"}"""
        );

        Assert.Equal(1, data["added"]!.GetValue<int>());
        Assert.Equal(3, data["errors"]!.GetValue<int>());
        Assert.Equal(3, data["errors_info"]!.AsObject().Count);
    }

    [Fact]
    public async Task A_published_task_takes_events_that_allow_it_only()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await host.Api.DataAsync("tasks.publish", $$"""{"task":"{{task}}","force":true}""");

        var refused = await host.Api.CallAsync("events.add", Scalar(task, "a", "x", 1, "1"));
        var allowed = await host.Api.CallAsync(
            "events.add",
            Scalar(task, "a", "x", 1, "1").Replace("\"iter\"", "\"allow_locked\":true,\"iter\"")
        );

        Assert.Equal((400, 131), (refused.Code, refused.Subcode));
        Assert.Equal(200, allowed.Code);
    }

    [Fact]
    public async Task An_empty_batch_and_a_line_that_is_no_object_are_refused()
    {
        await using var host = await ClearMLHost.StartAsync();

        var empty = await host.Api.CallAsync("events.add_batch", "\n");
        var list = await host.Api.CallAsync("events.add_batch", "[1]\n");

        Assert.Equal((400, 17), (empty.Code, empty.Subcode));
        Assert.Equal((400, 12), (list.Code, list.Subcode));
    }

    [Fact]
    public async Task A_model_has_scalars_of_its_own()
    {
        await using var host = await ClearMLHost.StartAsync();
        var model = await host.Api.IdAsync("models.create", """{"name":"model","uri":"u","ready":false}""");
        await AddAsync(host, Scalar(model, "a", "x", 1, "1").Replace("\"iter\"", "\"model_event\":true,\"iter\""));

        var curves = await host.Api.DataAsync(
            "events.scalar_metrics_iter_histogram",
            $$"""{"task":"{{model}}","model_events":true,"key":"iso_time"}"""
        );

        Assert.Equal("""["1970-01-01T00:00:01.000Z"]""", curves["a"]!["x"]!["x"]!.ToJsonString());
    }

    private static async Task<List<int>> PageSizesAsync(ClearMLHost host, string task, string type)
    {
        var sizes = new List<int>();
        var scroll = "null";
        do
        {
            var page = await host.Api.DataAsync(
                "events.get_task_events",
                $$"""{"task":"{{task}}","event_type":"{{type}}","batch_size":3,"scroll_id":{{scroll}}}"""
            );
            scroll = page["scroll_id"]!.ToJsonString();
            sizes.Add(page["events"]!.AsArray().Count);
        } while (sizes[^1] > 0);

        return sizes;
    }

    private static async Task<string> LogAsync(ClearMLHost host, string body)
    {
        var page = await host.Api.DataAsync("events.get_task_log", body);
        Assert.Equal(5, page["total"]!.GetValue<int>());
        return string.Join(',', page["events"]!.AsArray().Select(line => line!["msg"]!.GetValue<string>()));
    }
}
