using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Agents that take tasks of a queue that belongs to a project: each waits until scheduling gave a task its place.</summary>
internal sealed class PlacedPolls(LoadOptions options, WorkFolder work)
{
    private const int agents = 64;
    private const int queued = 10_000;
    private const int fillers = 32;

    /// <summary>Between two questions of an agent that got nothing; real ones ask every five seconds.</summary>
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    /// <summary>So long it is measured, or until the queue is empty.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(45);

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var http = new HttpClient { BaseAddress = server.Door("web") };
        using var client = new TrackingClient(server.Door("clearml"));
        await Agents.CordonAsync(http);
        var queue = await MakeAsync(http, client);
        var tasks = options.Scaled(queued);
        await FillAsync(client, queue, tasks);
        await UntilSeenAsync(http, tasks);

        var answers = new List<(string? Task, double Took)>();
        var before = server.OfServer();
        var usage = await server.MeasureAsync(async _ => answers = await TakeAsync(client, queue));
        var cpu = server.OfServer() - before;
        var taken = answers.Select(answer => answer.Task).OfType<string>().ToList();
        if (taken.Count == 0 || taken.Distinct(StringComparer.Ordinal).Count() != taken.Count)
        {
            throw new InvalidOperationException($"{taken.Count} tasks were handed out, some of them twice");
        }

        var times = answers.Select(answer => answer.Took).Order().ToList();
        table.Add(
            $"of {Table.Count(tasks)} tasks in a placed queue, {Table.Count(taken.Count)} handed out, each once, to {agents} agents, and told as done",
            $"p99 {Table.Number(times[(int)(0.99 * (times.Count - 1))], "ms")}, p50 {Table.Number(times[times.Count / 2], "ms")} a question",
            $"{Table.Count(taken.Count / usage.Wall)} tasks/s, {Table.Number(cpu / taken.Count * 1000, "ms")} of the server's processor time a task",
            "",
            "nothing lost or doubled",
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );
    }

    /// <summary>A project whose quota has room for all agents; the id of its queue.</summary>
    private static async Task<string> MakeAsync(HttpClient http, TrackingClient client)
    {
        var share = new
        {
            name = "lab",
            queue = "placed",
            terms = new { gpu = new { quota = agents } },
        };
        using var answer = await http.PostAsJsonAsync("/api/shares", share);
        answer.EnsureSuccessStatusCode();
        return await client.IdAsync("queues.get_all", """{"name":"^placed$"}""", "queues");
    }

    private static async Task FillAsync(TrackingClient client, string queue, int tasks)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, fillers).Select(_ => FillAsync()));

        async Task FillAsync()
        {
            while (Interlocked.Increment(ref next) < tasks)
            {
                var task = await client.MakeAsync("tasks.create", """{"name":"queued","type":"training"}""");
                await SayAsync(client, "tasks.enqueue", $$"""{"task":"{{task}}","queue":"{{queue}}"}""");
            }
        }
    }

    /// <summary>Until all that waits is work of the project.</summary>
    private static async Task UntilSeenAsync(HttpClient http, int tasks)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(pause, TimeProvider.System))
        {
            var text = await http.GetStringAsync("/api/workloads?project=lab&limit=1");
            using var answer = JsonDocument.Parse(text);
            var seen = answer.RootElement.GetProperty("total").GetInt32();
            if (seen == tasks)
            {
                return;
            }

            if (clock.Elapsed > longest)
            {
                throw new TimeoutException($"{seen} of {tasks} tasks are work of the project");
            }
        }
    }

    /// <summary>What each question brought, and how many milliseconds it took.</summary>
    private static async Task<List<(string? Task, double Took)>> TakeAsync(TrackingClient client, string queue)
    {
        var clock = Stopwatch.StartNew();
        var each = await Task.WhenAll(Enumerable.Range(0, agents).Select(number => TakeAsync($"load:gpu{number}")));
        return [.. each.SelectMany(answers => answers)];

        async Task<List<(string?, double)>> TakeAsync(string worker)
        {
            var report = $$"""{"worker":"{{worker}}","queues":["{{queue}}"],"timestamp":1}""";
            await SayAsync(client, "workers.register", $$"""{"worker":"{{worker}}","queues":["{{queue}}"]}""");
            var question = Encoding.ASCII.GetBytes($$"""{"queue":"{{queue}}","get_task_info":true}""");
            var answers = new List<(string?, double)>();
            while (clock.Elapsed < longest)
            {
                await SayAsync(client, "workers.status_report", report);
                var started = Stopwatch.GetTimestamp();
                using var reply = await client.CallAsync("queues.get_next_task", question);
                var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (!reply.RootElement.GetProperty("data").TryGetProperty("entry", out var entry))
                {
                    answers.Add((null, took));
                    await Task.Delay(pause, TimeProvider.System);
                    continue;
                }

                var task = entry.GetProperty("task").GetString() ?? "";
                answers.Add((task, took));
                await SayAsync(client, "tasks.started", $$"""{"task":"{{task}}"}""");
                await SayAsync(client, "tasks.completed", $$"""{"task":"{{task}}"}""");
            }

            return answers;
        }
    }

    private static Task SayAsync(TrackingClient client, string endpoint, string json) =>
        client.SendOnlyAsync(endpoint, Encoding.ASCII.GetBytes(json));
}
