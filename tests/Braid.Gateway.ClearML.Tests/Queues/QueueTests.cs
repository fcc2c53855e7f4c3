using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Queues.QueueCalls;

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
}
