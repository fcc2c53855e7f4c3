using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Braid.Testing;

namespace Braid.System.Tests.Kills;

/// <summary>kill -9 of an agent that runs a task: within half a minute the task says so, whoever else waits for it.</summary>
public sealed class AgentKillTests
{
    private static readonly TimeSpan atMost = TimeSpan.FromSeconds(30);

    /// <summary>What ClearML's agent asks while it runs a task, in its words.</summary>
    private const string agent = """
        import json, sys, time, urllib.request
        api, worker, queue = sys.argv[1:]
        def call(endpoint, **body):
            headers = {"Content-Type": "application/json", "X-ClearML-Worker": "host", "X-ClearML-Agent": "3.0.3"}
            request = urllib.request.Request(f"{api}/v2.14/{endpoint}", json.dumps(body).encode(), headers)
            return json.load(urllib.request.urlopen(request))["data"]
        call("workers.register", worker=worker, queues=[queue])
        task = call("queues.get_next_task", queue=queue)["entry"]["task"]
        call("tasks.started", task=task)
        now = int(time.time() * 1000)
        call("workers.status_report", worker=worker, timestamp=now, task=task, queue=queue, queues=[queue])
        while True:
            found = call("tasks.get_all", id=[task], search_hidden=True, only_fields=["status", "status_message"])
            print(found["tasks"][0]["status"], flush=True)
            time.sleep(1)
        """;

    [Fact]
    public async Task The_task_of_a_killed_agent_fails_or_is_first_in_its_queue_again()
    {
        await using var server = await ServerProcess.StartAsync();
        var (plain, patient) = (await QueueAsync(server, "plain"), await QueueAsync(server, "patient", "requeue-lost"));
        var (failing, waiting) = (await EnqueueAsync(server, plain), await EnqueueAsync(server, patient));
        var later = await EnqueueAsync(server, patient);

        using (var one = await StartAsync(server, "one", plain))
        using (var other = await StartAsync(server, "other", patient))
        {
            one.Kill();
            other.Kill();
        }

        var failed = await ChangedAsync(server, failing, "failed");
        var queued = await ChangedAsync(server, waiting, "queued");

        Assert.Equal("worker one is lost", failed.GetProperty("status_reason").GetString());
        Assert.StartsWith("worker one has not reported for ", failed.GetProperty("status_message").GetString());
        Assert.Equal("worker other is lost", queued.GetProperty("status_reason").GetString());
        Assert.Equal([waiting, later], await EntriesAsync(server, patient));
        using var next = await StartAsync(server, "next", patient);
        next.Kill();
        Assert.Equal([later], await EntriesAsync(server, patient));
    }

    /// <summary>The process, once it runs a task of the queue.</summary>
    private static async Task<Process> StartAsync(ServerProcess server, string worker, string queue)
    {
        string[] arguments = ["-c", agent, server.Endpoint("clearml"), worker, queue];
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("could not start python3");
        Assert.Equal("in_progress", await process.StandardOutput.ReadLineAsync());
        return process;
    }

    /// <summary>Waits as ClearML's clients do, which ask for the task again and again.</summary>
    private static async Task<JsonElement> ChangedAsync(ServerProcess server, string task, string status)
    {
        var ask = $$"""{"id":["{{task}}"],"only_fields":["status","status_reason","status_message"]}""";
        JsonElement found = default;
        await Eventually.IsTrueAsync(
            async () =>
            {
                found = (await ClearMLCalls.CallAsync(server, "tasks.get_all", ask)).GetProperty("tasks")[0];
                return found.GetProperty("status").GetString() == status;
            },
            $"the task is {status}",
            atMost
        );
        return found;
    }

    private static Task<string> QueueAsync(ServerProcess server, string name, params string[] tags) =>
        ClearMLCalls.IdAsync(
            server,
            "queues.create",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"name":"{{name}}","tags":[{{string.Join(',', tags.Select(tag => $"\"{tag}\""))}}]}"""
            )
        );

    private static async Task<string> EnqueueAsync(ServerProcess server, string queue)
    {
        var task = await ClearMLCalls.IdAsync(server, "tasks.create", """{"name":"sent","type":"training"}""");
        await ClearMLCalls.CallAsync(server, "tasks.enqueue", $$"""{"task":"{{task}}","queue":"{{queue}}"}""");
        return task;
    }

    private static async Task<IEnumerable<string?>> EntriesAsync(ServerProcess server, string queue)
    {
        var found = await ClearMLCalls.CallAsync(server, "queues.get_by_id", $$"""{"queue":"{{queue}}"}""");
        return
        [
            .. found
                .GetProperty("queue")
                .GetProperty("entries")
                .EnumerateArray()
                .Select(entry => entry.GetProperty("task").GetString()),
        ];
    }
}
