using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Queues.QueueCalls;

namespace Braid.Gateway.ClearML.Tests.Queues;

/// <summary>What is told of queues and of the tasks in them.</summary>
public sealed class QueueListTests
{
    [Fact]
    public async Task Queues_of_agents_for_Kubernetes_are_hidden_unless_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        await CreateAsync(host, "fast");
        await CreateAsync(host, "k8s_scheduler", ""","system_tags":["k8s-glue"]""");

        Assert.Equal(["fast"], await host.Api.NamesAsync("queues", "{}"));
        Assert.Equal(["k8s_scheduler"], await host.Api.NamesAsync("queues", """{"name":"k8s_scheduler"}"""));
        Assert.Equal(2, (await host.Api.NamesAsync("queues", """{"search_hidden":true}""")).Count);
    }

    [Fact]
    public async Task The_list_with_names_tells_what_waits_and_who_listens()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        await EnqueueManyAsync(host, queue, 2);
        await host.Api.DataAsync("workers.register", $$"""{"worker":"host:0","queues":["{{queue}}"]}""");

        var listed = (await host.Api.DataAsync("queues.get_all_ex", """{"max_task_entries":1}"""))["queues"]![0]!;

        Assert.Equal("task 0", Assert.Single(listed["entries"]!.AsArray())!["task"]!["name"]!.GetValue<string>());
        Assert.Equal("host:0", Assert.Single(listed["workers"]!.AsArray())!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Queues_are_found_and_ordered_by_their_metadata()
    {
        await using var host = await ClearMLHost.StartAsync();
        foreach (var (name, gpu) in new[] { ("slow", "k80"), ("fast", "h200"), ("plain", null) })
        {
            var queue = await CreateAsync(host, name);
            if (gpu is not null)
            {
                await host.Api.DataAsync(
                    "queues.add_or_update_metadata",
                    $$"""{"queue":"{{queue}}","metadata":[{"key":"gpu","type":"str","value":"{{gpu}}"}]}"""
                );
            }
        }

        Assert.Equal(["slow"], await host.Api.NamesAsync("queues", """{"metadata.gpu.value":["k80"]}"""));
        Assert.Equal(["plain"], await host.Api.NamesAsync("queues", """{"metadata.gpu":[null]}"""));
        Assert.Equal(
            ["fast", "slow", "plain"],
            await host.Api.NamesAsync("queues", """{"order_by":["metadata.gpu.value"]}""")
        );
    }

    [Fact]
    public async Task Whether_workers_listen_to_the_queue_of_many_tasks_is_told_once()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var tasks = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tasks.Add(await host.Api.CreateTaskAsync());
        }

        async Task<string> WatchedAsync(string task, string more = "") =>
            (await host.Api.DataAsync("tasks.enqueue_many", $$"""{"ids":["{{task}}"],"queue":"{{queue}}"{{more}}}"""))[
                "queue_watched"
            ]
                ?.ToJsonString()
            ?? "untold";

        Assert.Equal("untold", await WatchedAsync(tasks[0]));
        Assert.Equal("false", await WatchedAsync(tasks[1], ""","verify_watched_queue":true"""));
        await host.Api.DataAsync("workers.register", $$"""{"worker":"host:0","queues":["{{queue}}"]}""");
        Assert.Equal("true", await WatchedAsync(tasks[2], ""","verify_watched_queue":true"""));
    }

    [Fact]
    public async Task The_list_of_tasks_with_names_tells_what_they_refer_to()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var project = await host.Api.CreateProjectAsync("a project");
        var parent = await host.Api.CreateTaskAsync("the parent");
        var task = await host.Api.CreateTaskAsync("child", $$""","project":"{{project}}","parent":"{{parent}}" """);
        await EnqueueAsync(host, queue, task);

        var reply = await host.Api.DataAsync(
            "tasks.get_all_ex",
            $$"""{"id":["{{task}}"],"only_fields":["project.name","parent.name","execution.queue.name","user"]}"""
        );

        var found = Assert.Single(reply["tasks"]!.AsArray())!;
        Assert.Equal("a project", found["project"]!["name"]!.GetValue<string>());
        Assert.Equal("the parent", found["parent"]!["name"]!.GetValue<string>());
        Assert.Equal("fast", found["execution"]!["queue"]!["name"]!.GetValue<string>());
        Assert.Equal(found["user"]!["id"]!.GetValue<string>(), found["user"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_job_may_not_use_queues()
    {
        await using var host = await ClearMLHost.StartAsync();
        var run = await host.UseJobAsync("p", "attempt");

        Assert.Equal((403, 20), await CodeAsync(host, "queues.get_all", "{}"));
        Assert.Equal((403, 20), await CodeAsync(host, "tasks.enqueue", $$"""{"task":"{{run}}","queue_name":"fast"}"""));
    }

    [Fact]
    public async Task How_long_a_queue_was_is_told_by_interval()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await host.Api.IdAsync("queues.create", """{"name":"metered"}""");
        var task = await host.Api.CreateTaskAsync();
        await host.Api.DataAsync("tasks.enqueue", $$"""{"task":"{{task}}","queue":"{{queue}}"}""");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        var data = await host.Api.DataAsync(
            "queues.get_queue_metrics",
            $$"""{"from_date":{{now - 60}},"to_date":{{now + 540}},"interval":600,"queue_ids":["{{queue}}"],"refresh":true}"""
        );

        var metrics = Assert.Single(data["queues"]!.AsArray())!;
        Assert.Equal(queue, metrics["queue"]!.GetValue<string>());
        Assert.Equal($"[{now - 60}]", metrics["dates"]!.ToJsonString());
        Assert.Equal("[1]", metrics["queue_lengths"]!.ToJsonString());
        Assert.InRange(metrics["avg_waiting_times"]![0]!.GetValue<double>(), 0, 60);
    }
}
