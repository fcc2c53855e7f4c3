using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Agents that ask one queue for the next task, one question after the other, until it is empty.</summary>
internal sealed class QueuePolls(LoadOptions options, WorkFolder work)
{
    private const int agents = 64;
    private const int queued = 10_000;
    private const int fillers = 32;
    private const int warmUps = 500;

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var client = new TrackingClient(server.Door("clearml"));
        await TakeAllAsync(client, await FillAsync(client, warmUps));
        var tasks = options.Scaled(queued);
        var queue = await FillAsync(client, tasks);
        var taken = new List<(string Task, double Took)>();
        var usage = await server.MeasureAsync(async _ => taken = await TakeAllAsync(client, queue));
        if (taken.Count != tasks || taken.DistinctBy(one => one.Task).Count() != tasks)
        {
            throw new InvalidOperationException($"{taken.Count} of {tasks} tasks were handed out");
        }

        var times = taken.Select(one => one.Took).Order().ToList();
        table.Add(
            $"hand out {Table.Count(tasks)} queued tasks, each once, to {agents} agents that ask without a pause",
            $"p99 {Table.Number(Percentile(times, 0.99), "ms")}, p50 {Table.Number(Percentile(times, 0.5), "ms")}",
            $"{Table.Count(tasks / usage.Wall)} tasks/s",
            "",
            "p99 < 20 ms",
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );
    }

    private static double Percentile(List<double> times, double part) => times[(int)(part * (times.Count - 1))];

    /// <summary>A new queue with so many tasks; its id.</summary>
    private static async Task<string> FillAsync(TrackingClient client, int tasks)
    {
        var queue = await client.MakeAsync("queues.create", $$"""{"name":"queue of {{tasks}}"}""");
        var left = tasks;
        await Task.WhenAll(Enumerable.Range(0, fillers).Select(_ => FillAsync()));
        return queue;

        async Task FillAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var task = await client.MakeAsync("tasks.create", """{"name":"queued","type":"training"}""");
                var enqueue = $$"""{"task":"{{task}}","queue":"{{queue}}"}""";
                await client.SendOnlyAsync("tasks.enqueue", Encoding.ASCII.GetBytes(enqueue));
            }
        }
    }

    /// <summary>What the agents got, and how many milliseconds each question took.</summary>
    private static async Task<List<(string Task, double Took)>> TakeAllAsync(TrackingClient client, string queue)
    {
        var body = Encoding.ASCII.GetBytes($$"""{"queue":"{{queue}}","get_task_info":true}""");
        var each = await Task.WhenAll(Enumerable.Range(0, agents).Select(_ => TakeAsync()));
        return [.. each.SelectMany(taken => taken)];

        async Task<List<(string, double)>> TakeAsync()
        {
            var taken = new List<(string, double)>();
            while (true)
            {
                var clock = Stopwatch.StartNew();
                using var reply = await client.CallAsync("queues.get_next_task", body);
                var took = clock.Elapsed.TotalMilliseconds;
                if (!reply.RootElement.GetProperty("data").TryGetProperty("entry", out var entry))
                {
                    return taken;
                }

                taken.Add((TaskOf(entry), took));
            }
        }
    }

    private static string TaskOf(JsonElement entry) => entry.GetProperty("task").GetString() ?? "";
}
