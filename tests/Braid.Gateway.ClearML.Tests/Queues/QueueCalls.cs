using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Queues;

/// <summary>What the tests of queues ask for.</summary>
internal static class QueueCalls
{
    public static Task<string> CreateAsync(ClearMLHost host, string name, string more = "") =>
        host.Api.IdAsync("queues.create", $$"""{"name":"{{name}}"{{more}}}""");

    public static async Task<JsonObject> GetAsync(ClearMLHost host, string queue) =>
        (await CallAsync(host, "queues.get_by_id", queue))["queue"]!.AsObject();

    public static Task<JsonObject> CallAsync(
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

    public static async Task<string?> NextAsync(ClearMLHost host, string queue) =>
        (await CallAsync(host, "queues.get_next_task", queue))["entry"]?["task"]?.GetValue<string>();

    public static async Task<IReadOnlyList<int>> OrderAsync(ClearMLHost host, string queue, List<string> tasks) =>
        [
            .. (await GetAsync(host, queue))["entries"]!
                .AsArray()
                .Select(entry => tasks.IndexOf(entry!["task"]!.GetValue<string>())),
        ];

    public static async Task<List<string>> EnqueueManyAsync(ClearMLHost host, string queue, int count)
    {
        var tasks = new List<string>();
        for (var i = 0; i < count; i++)
        {
            tasks.Add(await host.Api.CreateTaskAsync($"task {i}"));
            await EnqueueAsync(host, queue, tasks[i]);
        }

        return tasks;
    }

    public static string Enqueue(string queue, string task, string more = "") =>
        $$"""{"queue":"{{queue}}","task":"{{task}}"{{more}}}""";

    public static Task<JsonObject> EnqueueAsync(ClearMLHost host, string queue, string task, string more = "") =>
        host.Api.DataAsync("tasks.enqueue", Enqueue(queue, task, more));

    public static Task<JsonObject> DequeueAsync(ClearMLHost host, string task, string more = "") =>
        host.Api.DataAsync("tasks.dequeue", $$"""{"task":"{{task}}"{{more}}}""");

    public static async Task<string> StatusAsync(ClearMLHost host, string task) =>
        (await host.Api.TaskAsync(task))["status"]!.GetValue<string>();

    public static async Task<(int, int)> CodeAsync(ClearMLHost host, string endpoint, string json)
    {
        var reply = await host.Api.CallAsync(endpoint, json);
        return (reply.Code, reply.Subcode);
    }
}
