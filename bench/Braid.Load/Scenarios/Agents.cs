using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Braid.Agent;
using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Primitives;

namespace Braid.Load.Scenarios;

/// <summary>Agents of many machines over HTTP, and short tasks that are submitted, placed, run once and told about.</summary>
internal sealed class Agents(LoadOptions options, WorkFolder work)
{
    private const int machines = 64;
    private const int submitted = 10_000;
    private const int clients = 8;
    private const int looked = 200;

    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var http = new HttpClient { BaseAddress = server.Door("web") };
        await CordonAsync(http);
        var starts = new ConcurrentDictionary<string, int>();
        var warnings = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var agents = Enumerable
            .Range(0, machines)
            .Select(one => RunAgentAsync(one, server, starts, warnings, stop.Token));
        var running = agents.ToList();
        var tasks = options.Scaled(submitted);
        var (names, submitting) = (new List<string>(), 0.0);
        var before = server.OfServer();
        var usage = await server.MeasureAsync(async _ =>
        {
            var clock = Stopwatch.StartNew();
            names = await SubmitAsync(http, tasks);
            submitting = clock.Elapsed.TotalSeconds;
            await UntilAllEndedAsync(http, names, starts, warnings);
        });
        var cpu = server.OfServer() - before;
        await stop.CancelAsync();
        await Task.WhenAll(running);
        await CheckAsync(server, names, starts);
        table.Add(
            $"{Table.Count(tasks)} short tasks submitted by {clients} clients, run by {machines} agents over HTTP, each once, each line once",
            $"{Table.Count(tasks / usage.Wall)} tasks/s",
            $"{Table.Count(tasks / submitting)} submitted/s, {Table.Number(cpu / tasks * 1000, "ms")} of the server's processor time a task",
            "",
            "nothing lost or doubled",
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );
    }

    /// <summary>The server's own machine runs programs: it takes no part.</summary>
    internal static async Task CordonAsync(HttpClient http)
    {
        while (true)
        {
            using var answer = await http.PostAsync($"/api/nodes/{Environment.MachineName}/cordon", null);
            if (answer.StatusCode != HttpStatusCode.NotFound)
            {
                answer.EnsureSuccessStatusCode();
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System); // its agent registers soon
        }
    }

    private async Task<Result<Unit>> RunAgentAsync(
        int number,
        LoadServer server,
        ConcurrentDictionary<string, int> starts,
        ConcurrentQueue<string> warnings,
        CancellationToken ct
    )
    {
        using var desk = new HttpNodeServer(server.Door("web"), null, TimeProvider.System);
        await using var executor = new InstantExecutor(starts);
        var machine = new NodeMachine
        {
            CpuMillicores = 8000,
            MemoryBytes = 16L << 30,
            Executors = [executor.Kind],
        };
        var settings = new AgentOptions($"machine-{number}", machine, "127.0.0.1", work.New("agent"))
        {
            Warn = warnings.Enqueue,
            MeasureEvery = patience,
        };
        return await new NodeAgent(settings, desk, executor, TimeProvider.System, IdSource.System).RunAsync(ct);
    }

    /// <summary>The ids.</summary>
    private static async Task<List<string>> SubmitAsync(HttpClient http, int tasks)
    {
        var ids = new ConcurrentBag<string>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => SubmitAsync()));
        return [.. ids];

        async Task SubmitAsync()
        {
            for (int number; (number = Interlocked.Increment(ref next)) < tasks; )
            {
                using var answer = await http.PostAsJsonAsync(
                    "/api/workloads",
                    new
                    {
                        name = $"task-{number}",
                        project = "default",
                        kind = "train",
                        command = new[] { "true" },
                        cpu_millicores = 1000,
                    }
                );
                var text = await answer.Content.ReadAsStringAsync();
                using var made = answer.IsSuccessStatusCode
                    ? JsonDocument.Parse(text)
                    : throw new InvalidOperationException($"a task was refused: {text}");
                ids.Add(made.RootElement.GetProperty("id").GetString() ?? "");
            }
        }
    }

    private static async Task UntilAllEndedAsync(
        HttpClient http,
        List<string> names,
        ConcurrentDictionary<string, int> starts,
        ConcurrentQueue<string> warnings
    )
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            if (starts.Count >= names.Count && await CountAsync(http, "live=true") == 0)
            {
                return;
            }

            if (clock.Elapsed > patience)
            {
                throw new TimeoutException(
                    $"{starts.Count} of {names.Count} tasks were started: {string.Join("; ", warnings.Take(3))}"
                );
            }
        }
    }

    /// <summary>Each task was started once, is told as done, and has one line.</summary>
    private static async Task CheckAsync(
        LoadServer server,
        List<string> names,
        ConcurrentDictionary<string, int> starts
    )
    {
        using var http = new HttpClient { BaseAddress = server.Door("web") };
        using var clearml = new TrackingClient(server.Door("clearml"));
        var done = await CountAsync(http, "state=succeeded");
        var doubled = starts.Count(start => start.Value > 1);
        if (done != names.Count || doubled > 0 || starts.Count != names.Count)
        {
            throw new InvalidOperationException(
                $"{done} of {names.Count} tasks succeeded; {starts.Count} were started, {doubled} of them more than once: "
                    + await StoryAsync(http, starts.FirstOrDefault(start => start.Value > 1).Key)
            );
        }

        foreach (var id in names.Take(looked))
        {
            using var log = await clearml.CallAsync(
                "events.get_task_log",
                JsonSerializer.SerializeToUtf8Bytes(new { task = id, order = "asc" })
            );
            var lines = log
                .RootElement.GetProperty("data")
                .GetProperty("events")
                .EnumerateArray()
                .Count(line =>
                    line.GetProperty("msg").GetString()?.StartsWith("ran ", StringComparison.Ordinal) == true
                );
            if (lines != 1)
            {
                throw new InvalidOperationException($"{id} has its line {lines} times");
            }
        }
    }

    /// <summary>What the server knows of a replica's workload.</summary>
    private static async Task<string> StoryAsync(HttpClient http, string? replica)
    {
        using var told = await http.GetAsync($"/api/workloads/{replica?.Split('.')[0]}");
        return await told.Content.ReadAsStringAsync();
    }

    private static async Task<int> CountAsync(HttpClient http, string which)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync($"/api/workloads?{which}&limit=1"));
        return answer.RootElement.GetProperty("total").GetInt32();
    }
}
