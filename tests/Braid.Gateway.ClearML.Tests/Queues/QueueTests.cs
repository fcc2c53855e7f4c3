using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Queues;

public sealed class QueueTests
{
    [Fact]
    public async Task Queues_are_made_found_changed_and_removed()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "default");

        Assert.Equal((400, 801), await CodeAsync(host, "queues.create", """{"name":"default"}"""));
        Assert.Equal((400, 12), await CodeAsync(host, "queues.create", """{"name":"ab"}"""));
        Assert.Equal((400, 701), await CodeAsync(host, "queues.get_by_id", """{"queue":"default"}"""));
        Assert.Equal(
            ["default"],
            await host.Api.NamesAsync("queues", """{"name":"^default$","only_fields":["id","name"]}""")
        );

        await host.Api.DataAsync("queues.update", $$"""{"queue":"{{queue}}","name":"fast","tags":["b","a"]}""");
        var changed = await GetAsync(host, queue);
        Assert.Equal("fast", changed["name"]!.GetValue<string>());
        Assert.Equal("""["a","b"]""", changed["tags"]!.ToJsonString());
        Assert.Equal("[]", changed["entries"]!.ToJsonString());

        await host.Api.DataAsync("queues.delete", $$"""{"queue":"{{queue}}"}""");
        Assert.Equal((400, 701), await CodeAsync(host, "queues.get_by_id", $$"""{"queue":"{{queue}}"}"""));
    }

    [Fact]
    public async Task The_default_queue_is_the_one_with_the_label()
    {
        await using var host = await ClearMLHost.StartAsync();
        Assert.Equal((400, 707), await CodeAsync(host, "queues.get_default", "{}"));
        var queue = await CreateAsync(host, "usual", ""","system_tags":["default"]""");

        Assert.Equal(queue, await host.Api.IdAsync("queues.get_default", "{}"));

        await CreateAsync(host, "other", ""","system_tags":["default"]""");
        Assert.Equal((400, 708), await CodeAsync(host, "queues.get_default", "{}"));
    }

    [Fact]
    public async Task Metadata_is_set_replaced_and_removed()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        Task SetAsync(string key, string more) =>
            host.Api.DataAsync(
                "queues.add_or_update_metadata",
                $$"""{"queue":"{{queue}}","metadata":[{"key":"{{key}}","type":"str","value":"v"}]{{more}}}"""
            );

        await SetAsync("a", "");
        await SetAsync("b", "");
        await host.Api.DataAsync("queues.delete_metadata", $$"""{"queue":"{{queue}}","keys":["a"]}""");
        Assert.Equal(
            """{"b":{"key":"b","type":"str","value":"v"}}""",
            (await GetAsync(host, queue))["metadata"]!.ToJsonString()
        );

        await SetAsync("c", ""","replace_metadata":true""");
        Assert.Equal(["c"], (await GetAsync(host, queue))["metadata"]!.AsObject().Select(item => item.Key));
    }

    [Fact]
    public async Task Tasks_are_handed_out_once_in_their_order()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var tasks = await EnqueueManyAsync(host, queue, 3);

        Assert.Equal(tasks[0], (await CallAsync(host, "queues.peek_task", queue))["task"]!.GetValue<string>());
        Assert.Equal(3, (await CallAsync(host, "queues.get_num_entries", queue))["num"]!.GetValue<int>());
        Assert.Equal("{}", (await CallAsync(host, "queues.get_next_task", queue, tasks[1])).ToJsonString());
        Assert.Equal(tasks[0], await NextAsync(host, queue));
        Assert.Equal(tasks[1], await NextAsync(host, queue));
        Assert.Equal(tasks[2], await NextAsync(host, queue));
        Assert.Equal("{}", (await CallAsync(host, "queues.get_next_task", queue)).ToJsonString());
        Assert.Equal("queued", await StatusAsync(host, tasks[0]));
    }

    [Fact]
    public async Task Many_agents_get_each_task_once()
    {
        const int agents = 16;
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var tasks = await EnqueueManyAsync(host, queue, 100);

        var taken = await Task.WhenAll(
            Enumerable
                .Range(0, agents)
                .Select(async _ =>
                {
                    var mine = new List<string>();
                    while (await NextAsync(host, queue) is { } task)
                    {
                        mine.Add(task);
                    }

                    return mine;
                })
        );

        Assert.Equal(tasks.Order(), taken.SelectMany(each => each).Order());
    }

    [Fact]
    public async Task A_task_moves_in_its_queue()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var tasks = await EnqueueManyAsync(host, queue, 5);
        async Task<int> MoveAsync(string how, int task, string more = "") =>
            (
                await host.Api.DataAsync(
                    $"queues.move_task_{how}",
                    $$"""{"queue":"{{queue}}","task":"{{tasks[task]}}"{{more}}}"""
                )
            )["position"]!.GetValue<int>();

        Assert.Equal(0, await MoveAsync("to_front", 4));
        Assert.Equal([4, 0, 1, 2, 3], await OrderAsync(host, queue, tasks));
        Assert.Equal(4, await MoveAsync("to_back", 0));
        Assert.Equal([4, 1, 2, 3, 0], await OrderAsync(host, queue, tasks));
        Assert.Equal(1, await MoveAsync("forward", 3, ""","count":2"""));
        Assert.Equal([4, 3, 1, 2, 0], await OrderAsync(host, queue, tasks));
        Assert.Equal(1, await MoveAsync("backward", 4));
        Assert.Equal([3, 4, 1, 2, 0], await OrderAsync(host, queue, tasks));
        Assert.Equal(4, await MoveAsync("backward", 1, ""","count":99"""));
        Assert.Equal([3, 4, 2, 0, 1], await OrderAsync(host, queue, tasks));
    }

    [Fact]
    public async Task What_waits_leaves_by_removing_clearing_and_deleting()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var tasks = await EnqueueManyAsync(host, queue, 4);

        await CallAsync(host, "queues.remove_task", queue, tasks[0], ""","update_task_status":true""");
        Assert.Equal("created", await StatusAsync(host, tasks[0]));
        var again = $$"""{"queue":"{{queue}}","task":"{{tasks[0]}}"}""";
        Assert.Equal((400, 703), await CodeAsync(host, "queues.remove_task", again));
        await CallAsync(host, "queues.remove_task", queue, tasks[1]);
        Assert.Equal("queued", await StatusAsync(host, tasks[1]));
        Assert.Equal((400, 702), await CodeAsync(host, "queues.delete", $$"""{"queue":"{{queue}}"}"""));

        var cleared = await host.Api.DataAsync("queues.clear_queue", $$"""{"queue":"{{queue}}"}""", "2.31");
        Assert.Equal(
            [tasks[2], tasks[3]],
            cleared["removed_tasks"]!.AsArray().Select(task => task!.GetValue<string>())
        );
        Assert.Equal("created", await StatusAsync(host, tasks[3]));

        await EnqueueAsync(host, queue, tasks[3]);
        await host.Api.DataAsync("queues.delete", $$"""{"queue":"{{queue}}","force":true}""");
        Assert.Equal("created", await StatusAsync(host, tasks[3]));
    }

    [Fact]
    public async Task Enqueueing_needs_a_draft_and_one_queue()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (fast, slow) = (await CreateAsync(host, "fast"), await CreateAsync(host, "slow"));
        var task = await host.Api.CreateTaskAsync("demo", ""","system_tags":["development"]""");

        var first = await EnqueueAsync(host, fast, task, ""","verify_watched_queue":true""");
        Assert.Equal(1, first["queued"]!.GetValue<int>());
        Assert.Equal(fast, first["fields"]!["execution.queue"]!.GetValue<string>());
        Assert.False(first["queue_watched"]!.GetValue<bool>());
        Assert.Equal((400, 706), await CodeAsync(host, "tasks.enqueue", Enqueue(fast, task)));
        await EnqueueAsync(host, slow, task);

        Assert.Equal(0, (await CallAsync(host, "queues.get_num_entries", fast))["num"]!.GetValue<int>());
        var queued = await host.Api.TaskAsync(task);
        Assert.Equal(slow, queued["execution"]!["queue"]!.GetValue<string>());
        Assert.Equal("[]", queued["system_tags"]!.ToJsonString());
        Assert.Equal(["demo"], await host.Api.NamesAsync("tasks", $$"""{"execution.queue":["{{slow}}"]}"""));

        Assert.Equal(
            (400, 12),
            await CodeAsync(host, "tasks.enqueue", Enqueue(slow, task, ""","queue_name":"fast" """))
        );
        Assert.Equal((400, 707), await CodeAsync(host, "tasks.enqueue", $$"""{"task":"{{task}}"}"""));
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        Assert.Equal((400, 110), await CodeAsync(host, "tasks.enqueue", Enqueue(fast, task)));
        Assert.Equal("{}", (await CallAsync(host, "queues.get_next_task", slow)).ToJsonString());
    }

    [Fact]
    public async Task A_queue_that_is_named_is_made()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        await host.Api.DataAsync("tasks.enqueue", $$"""{"task":"{{task}}","queue_name":"brand new"}""");

        Assert.Equal(["brand new"], await host.Api.NamesAsync("queues", "{}"));
    }

    [Fact]
    public async Task Dequeueing_goes_back_to_the_status_before_or_to_the_one_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var task = await host.Api.CreateTaskAsync();
        await EnqueueAsync(host, queue, task);
        Assert.Equal(1, (await DequeueAsync(host, task))["updated"]!.GetValue<int>());
        Assert.Equal("created", await StatusAsync(host, task));

        Assert.Equal("""{"updated":0,"dequeued":1}""", (await DequeueAsync(host, task)).ToJsonString());
        var unknown = await DequeueAsync(host, new string('a', 32));
        Assert.Equal("""{"updated":0,"dequeued":1}""", unknown.ToJsonString());

        // What an agent does that was started with a task's id.
        await EnqueueAsync(host, queue, task);
        await NextAsync(host, queue);
        Assert.Equal(
            1,
            (await DequeueAsync(host, task, ""","new_status":"in_progress" """))["updated"]!.GetValue<int>()
        );
        Assert.Equal("in_progress", await StatusAsync(host, task));
    }

    [Theory]
    [InlineData("tasks.stop", "stopped")]
    [InlineData("tasks.reset", "created")]
    public async Task A_task_that_is_stopped_or_reset_waits_no_more(string call, string status)
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var task = await host.Api.CreateTaskAsync();
        await EnqueueAsync(host, queue, task);

        await host.Api.DataAsync(call, $$"""{"task":"{{task}}"}""");

        Assert.Equal(status, await StatusAsync(host, task));
        Assert.Null(await NextAsync(host, queue));
    }

    [Fact]
    public async Task Archived_and_deleted_tasks_wait_no_more()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await CreateAsync(host, "fast");
        var tasks = await EnqueueManyAsync(host, queue, 3);

        var archived = await host.Api.DataAsync("tasks.archive_many", $$"""{"ids":["{{tasks[0]}}","nothing"]}""");
        await host.Api.DataAsync("tasks.delete", $$"""{"task":"{{tasks[1]}}","force":true}""");

        Assert.Equal(tasks[0], Assert.Single(archived["succeeded"]!.AsArray())!["id"]!.GetValue<string>());
        var failed = Assert.Single(archived["failed"]!.AsArray())!;
        Assert.Equal("[400,101]", failed["error"]!["codes"]!.ToJsonString());
        Assert.Equal(tasks[2], await NextAsync(host, queue));
        Assert.Null(await NextAsync(host, queue));
    }

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

    private static Task<string> CreateAsync(ClearMLHost host, string name, string more = "") =>
        host.Api.IdAsync("queues.create", $$"""{"name":"{{name}}"{{more}}}""");

    private static async Task<JsonObject> GetAsync(ClearMLHost host, string queue) =>
        (await CallAsync(host, "queues.get_by_id", queue))["queue"]!.AsObject();

    private static Task<JsonObject> CallAsync(
        ClearMLHost host,
        string endpoint,
        string queue,
        string? task = null,
        string more = ""
    ) =>
        host.Api.DataAsync(
            endpoint,
            task is null ? $$"""{"queue":"{{queue}}"}""" : $$"""{"queue":"{{queue}}","task":"{{task}}"{{more}}}"""
        );

    private static async Task<string?> NextAsync(ClearMLHost host, string queue) =>
        (await CallAsync(host, "queues.get_next_task", queue))["entry"]?["task"]?.GetValue<string>();

    private static async Task<IReadOnlyList<int>> OrderAsync(ClearMLHost host, string queue, List<string> tasks) =>
        [
            .. (await GetAsync(host, queue))["entries"]!
                .AsArray()
                .Select(entry => tasks.IndexOf(entry!["task"]!.GetValue<string>())),
        ];

    private static async Task<List<string>> EnqueueManyAsync(ClearMLHost host, string queue, int count)
    {
        var tasks = new List<string>();
        for (var i = 0; i < count; i++)
        {
            tasks.Add(await host.Api.CreateTaskAsync($"task {i}"));
            await EnqueueAsync(host, queue, tasks[i]);
        }

        return tasks;
    }

    private static string Enqueue(string queue, string task, string more = "") =>
        $$"""{"queue":"{{queue}}","task":"{{task}}"{{more}}}""";

    private static Task<JsonObject> EnqueueAsync(ClearMLHost host, string queue, string task, string more = "") =>
        host.Api.DataAsync("tasks.enqueue", Enqueue(queue, task, more));

    private static Task<JsonObject> DequeueAsync(ClearMLHost host, string task, string more = "") =>
        host.Api.DataAsync("tasks.dequeue", $$"""{"task":"{{task}}"{{more}}}""");

    private static async Task<string> StatusAsync(ClearMLHost host, string task) =>
        (await host.Api.TaskAsync(task))["status"]!.GetValue<string>();

    private static async Task<(int, int)> CodeAsync(ClearMLHost host, string endpoint, string json)
    {
        var reply = await host.Api.CallAsync(endpoint, json);
        return (reply.Code, reply.Subcode);
    }
}
