using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>ClearML's tasks, put in a queue that the server's own agent serves.</summary>
public sealed class QueuedTaskTests : IAsyncLifetime
{
    /// <summary>
    /// Asks for its own task with what its environment gives it; a client library does no more. It may be faster than its agent, which
    /// tells the server that it has begun.
    /// </summary>
    private const string script = """
        import base64, json, os, sys, time, urllib.request
        keys = os.environ["CLEARML_API_ACCESS_KEY"] + ":" + os.environ["CLEARML_API_SECRET_KEY"]
        request = urllib.request.Request(
            os.environ["CLEARML_API_HOST"] + "/tasks.get_by_id",
            json.dumps({"task": os.environ["CLEARML_TASK_ID"]}).encode(),
            {"Content-Type": "application/json", "Authorization": "Basic " + base64.b64encode(keys.encode()).decode()})
        while True:
            task = json.load(urllib.request.urlopen(request))["data"]["task"]
            if task["status"] != "queued":
                break
            time.sleep(0.1)
        print("I am", task["name"], task["status"], *sys.argv[1:])
        """;

    private readonly HttpClient http = new();
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--agent-queues", "default");
        http.BaseAddress = new(server.Endpoint("clearml"));
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_script_without_a_repository_runs_as_its_task_and_reaches_it()
    {
        var task = await EnqueueAsync("hello", "python3", "hello.py --lr 0.1", script);
        await UntilAsync(task, "completed");

        var name = $"hello-{task[..8]}";
        Assert.Contains("I am hello in_progress --lr 0.1", (await server.BraidAsync("logs", name)).Out);
        await Eventually.IsTrueAsync(
            async () =>
                (await server.BraidAsync("describe", "job", name)).Out.Contains("Succeeded", StringComparison.Ordinal),
            "its work has succeeded"
        );
    }

    [Fact]
    public async Task A_task_that_its_client_stops_is_stopped_where_it_runs()
    {
        var task = await EnqueueAsync("long", "bash", "long.sh", "echo begun; exec sleep 600");
        await UntilAsync(task, "in_progress");
        await CallAsync("tasks.stop", new() { ["task"] = task });
        await UntilAsync(task, "stopped");
        await Eventually.IsTrueAsync(
            async () =>
                JsonNode.Parse(await http.GetStringAsync(server.Endpoint("web") + "/api/nodes"))!["nodes"]![0]![
                    "replicas"
                ]!.GetValue<int>() == 0,
            "nothing of it holds a place any more",
            TimeSpan.FromSeconds(60)
        );
    }

    private async Task<string> EnqueueAsync(string name, string binary, string entryPoint, string diff)
    {
        var made = await CallAsync(
            "tasks.create",
            new()
            {
                ["name"] = name,
                ["type"] = "training",
                ["script"] = new JsonObject
                {
                    ["binary"] = binary,
                    ["entry_point"] = entryPoint,
                    ["diff"] = diff,
                },
            }
        );
        var task = made["id"]!.GetValue<string>();
        await CallAsync("tasks.enqueue", new() { ["task"] = task, ["queue_name"] = "default" });
        return task;
    }

    private Task UntilAsync(string task, string status) =>
        Eventually.IsTrueAsync(
            async () =>
                (await CallAsync("tasks.get_by_id", new() { ["task"] = task }))["task"]!["status"]!.GetValue<string>()
                == status,
            $"task {task} is {status}",
            TimeSpan.FromSeconds(60)
        );

    private async Task<JsonObject> CallAsync(string endpoint, JsonObject body)
    {
        using var reply = await http.PostAsJsonAsync(endpoint, body);
        var read = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!; // an envelope, whatever the answer
        Assert.True(reply.IsSuccessStatusCode, $"{endpoint}: {read["meta"]?["result_msg"]}");
        return read["data"]!.AsObject();
    }
}
