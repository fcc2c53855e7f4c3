using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Primitives;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Gateway.ClearML.Tests.Queues;

/// <summary>The calls of a stock agent, on a queue that belongs to a project with a limit.</summary>
public sealed class PlacedQueueTests
{
    private static readonly Caller admin = new Caller.Administrator("admin");

    [Fact]
    public async Task An_agent_gets_what_its_project_may_have_and_the_empty_answer_else()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await ShareAsync(host);
        await host.Workloads.StartAsync(Scheduler.Decide, (_, error) => Assert.Fail($"{error}"), default);
        await ComeAsync(host, "node:gpu0,1", queue);
        await ComeAsync(host, "node:gpu2,3", queue);
        var (first, second) = (await EnqueueAsync(host, queue, "first"), await EnqueueAsync(host, queue, "second"));

        JsonObject? given = null;
        await Eventually.IsTrueAsync(
            async () => (given = await NextAsync(host, queue)).ContainsKey("entry"),
            "the first task is handed out"
        );
        Assert.Equal(first, given!["entry"]!["task"]!.GetValue<string>());
        Assert.NotNull(given["entry"]!["added"]);
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{first}}","status_message":"pulled by agent"}""");

        await Eventually.IsTrueAsync(
            async () =>
                (await host.Api.TaskAsync(second))["status_message"]!
                    .GetValue<string>()
                    .Contains("Limit is 2 GPUs", StringComparison.Ordinal),
            "the second task says why it waits"
        );
        Assert.Equal("{}", (await NextAsync(host, queue)).ToJsonString());

        await host.Api.DataAsync("tasks.completed", $$"""{"task":"{{first}}"}""");
        await Eventually.IsTrueAsync(
            async () => (given = await NextAsync(host, queue)).ContainsKey("entry"),
            "the second task is handed out when the first has ended"
        );
        Assert.Equal(second, given["entry"]!["task"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_task_that_is_stopped_while_it_gives_its_place_up_does_not_go_back_to_its_queue()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await ShareAsync(host);
        await host.Workloads.StartAsync(Scheduler.Decide, (_, error) => Assert.Fail($"{error}"), default);
        await ComeAsync(host, "node:gpu0", queue);
        var task = await EnqueueAsync(host, queue, "first");
        await Eventually.IsTrueAsync(
            async () => (await NextAsync(host, queue)).ContainsKey("entry"),
            "the task is handed out"
        );
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        var id = RunId.Parse(task);
        await Eventually.IsTrueAsync(
            async () => (await StateOfAsync(host, id)) == WorkloadState.Running,
            "its work runs"
        );
        Assert.True((await host.Workloads.Workloads.SuspendAsync(admin, id, default)).IsOk);

        await host.Api.DataAsync("tasks.stop", $$"""{"task":"{{task}}"}""");
        Assert.Equal(WorkloadState.Stopped, await StateOfAsync(host, id));
        await host.Api.DataAsync("tasks.stopped", $$"""{"task":"{{task}}"}""");
        Assert.Equal("stopped", (await host.Api.TaskAsync(task))["status"]!.GetValue<string>());
        Assert.Empty(
            (await host.Api.DataAsync("queues.get_by_id", $$"""{"queue":"{{queue}}"}"""))["queue"]![
                "entries"
            ]!.AsArray()
        );
    }

    private static async Task<WorkloadState> StateOfAsync(ClearMLHost host, RunId id) =>
        (await host.Workloads.Workloads.GetAsync(admin, id, default)).Value.State;

    private static async Task<string> ShareAsync(ClearMLHost host)
    {
        var lab = new NewShare("clearml", Queue: "runai-clearml") { Terms = new() { Gpu = new() { Limit = 2 } } };
        return (await host.Workloads.Shares.CreateAsync(admin, lab, default)).Value.Id.ToString();
    }

    private static Task<JsonObject> ComeAsync(ClearMLHost host, string worker, string queue) =>
        host.Api.DataAsync("workers.register", $$"""{"worker":"{{worker}}","queues":["{{queue}}"]}""");

    private static async Task<string> EnqueueAsync(ClearMLHost host, string queue, string name)
    {
        var task = await host.Api.CreateTaskAsync(name);
        await host.Api.DataAsync("tasks.enqueue", $$"""{"task":"{{task}}","queue":"{{queue}}"}""");
        return task;
    }

    private static Task<JsonObject> NextAsync(ClearMLHost host, string queue) =>
        host.Api.DataAsync("queues.get_next_task", $$"""{"queue":"{{queue}}"}""", version: "2.14");
}
