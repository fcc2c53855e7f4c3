using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Pages of ClearML's tasks by a metric, and status polls, among 100,000 tasks: half of them in one project, the rest in fifty.</summary>
internal sealed class TaskLists(LoadOptions options, WorkFolder work)
{
    private const int fullTasks = 100_000;
    private const int smallProjects = 50;
    private const int fillers = 32;
    private const int linesInBatch = 500;
    private const int pages = 300;
    private const int pollers = 16;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(15);
    private const int fullPolls = 40_000;

    // MD5 of "loss" and of "train", as clients name them.
    private const string metric =
        "last_metrics.81513effdf5790b79549208838404407.61b3a8faa9c1091806675c230a9abe64.value";

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var client = new TrackingClient(Door(server));
        var large = await client.MakeAsync("projects.create", """{"name":"large"}""");
        var small = new List<string>();
        for (var i = 0; i < smallProjects; i++)
        {
            small.Add(await client.MakeAsync("projects.create", $$"""{"name":"small {{i}}"}"""));
        }

        var tasks = await FillAsync(client, large, small);
        await ReportAsync(client, tasks);

        const string order = $"\"order_by\":[\"{metric}\"]";
        const string newest = "\"order_by\":[\"-last_update\"]";
        await PageAsync(table, server, client, "of half of them, in a metric's order", large, order);
        await PageAsync(
            table,
            server,
            client,
            "of half of them, by a metric in a hundredth's range",
            large,
            $"\"{metric}\":[null,0.01],{newest}"
        );
        await PageAsync(
            table,
            server,
            client,
            "of half of them, by a metric in a half's range",
            large,
            $"\"{metric}\":[0.5,null],{newest}"
        );
        await PageAsync(
            table,
            server,
            client,
            "of a hundredth of them, by a metric in a half's range",
            small[0],
            $"\"{metric}\":[0.5,null],{newest}"
        );
        await PageAsync(table, server, client, "of a hundredth of them, in a metric's order", small[0], order);
        await PollAsync(table, server, client, tasks);
    }

    private static Uri Door(LoadServer server)
    {
        using var endpoints = JsonDocument.Parse(File.ReadAllText(Path.Combine(server.Folder, "endpoints.json")));
        return new(endpoints.RootElement.GetProperty("clearml").ToString());
    }

    /// <summary>The tasks' ids.</summary>
    private async Task<IReadOnlyList<string>> FillAsync(TrackingClient client, string large, List<string> small)
    {
        var ids = new string[options.Scaled(fullTasks)];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, fillers).Select(_ => FillAsync()));
        return ids;

        async Task FillAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < ids.Length; )
            {
                var project = i % 2 == 0 ? large : small[i / 2 % small.Count];
                ids[i] = await client.MakeAsync(
                    "tasks.create",
                    $$"""{"name":"task {{i}}","type":"training","project":"{{project}}"}"""
                );
            }
        }
    }

    /// <summary>One value of the metric for each task, evenly spread below 1.</summary>
    private static async Task ReportAsync(TrackingClient client, IReadOnlyList<string> tasks)
    {
        var random = new Random(6);
        var batches = tasks
            .Chunk(linesInBatch)
            .Select(some => string.Join('\n', some.Select(task => Line(task, random.NextDouble()))))
            .ToList();
        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = fillers },
            async (batch, _) => await client.SendOnlyAsync("events.add_batch", Encoding.ASCII.GetBytes(batch))
        );
    }

    private static string Line(string task, double value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"training_stats_scalar","task":"{{task}}","metric":"loss","variant":"train","iter":1,"value":{{value:R}},"timestamp":1000}"""
        );

    private static async Task PageAsync(
        Table table,
        LoadServer server,
        TrackingClient client,
        string what,
        string project,
        string query
    )
    {
        var body = Encoding.ASCII.GetBytes(
            $$"""{"project":["{{project}}"],"page":0,"page_size":50,"only_fields":["id","name","status","last_metrics"],{{query}}}"""
        );
        await client.SendOnlyAsync("tasks.get_all", body);
        var times = new List<double>();
        var usage = await server.MeasureAsync(async _ =>
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < pages && clock.Elapsed < longest; i++)
            {
                times.Add(await TimeAsync(client, "tasks.get_all", body));
            }
        });
        Add(table, server, $"a page of 50 tasks {what}", times, usage, "p99 < 50 ms");
    }

    private async Task PollAsync(Table table, LoadServer server, TrackingClient client, IReadOnlyList<string> tasks)
    {
        var random = new Random(7);
        var left = options.Scaled(fullPolls);
        var bodies = Enumerable
            .Range(0, pollers)
            .Select(_ => Encoding.ASCII.GetBytes($$"""{"task":"{{tasks[random.Next(tasks.Count)]}}"}"""))
            .ToList();
        var each = Array.Empty<List<double>>();
        var usage = await server.MeasureAsync(async _ => each = await Task.WhenAll(bodies.Select(PollAsync)));
        Add(
            table,
            server,
            $"polls of a task's status, {pollers} clients without a pause",
            [.. each.SelectMany(all => all)],
            usage,
            ">= 5,000/s, p99 < 10 ms"
        );

        async Task<List<double>> PollAsync(byte[] body)
        {
            var times = new List<double>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                times.Add(await TimeAsync(client, "tasks.get_by_id", body));
            }

            return times;
        }
    }

    private static async Task<double> TimeAsync(TrackingClient client, string endpoint, byte[] body)
    {
        var clock = Stopwatch.StartNew();
        await client.SendOnlyAsync(endpoint, body);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static void Add(Table table, LoadServer server, string what, List<double> times, Usage usage, string reach)
    {
        times.Sort();
        table.Add(
            what,
            $"p99 {Table.Number(Percentile(times, 0.99), "ms")}, p50 {Table.Number(Percentile(times, 0.5), "ms")}",
            $"{Table.Count(times.Count / usage.Wall)}/s",
            "",
            reach,
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );
    }

    private static double Percentile(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];
}
