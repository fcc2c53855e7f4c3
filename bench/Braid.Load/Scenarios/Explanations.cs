using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Braid.Agent;
using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Primitives;

namespace Braid.Load.Scenarios;

/// <summary>Asks why one of many workloads waits, on machines of which all GPUs are taken by work that says when it ends.</summary>
internal sealed class Explanations(LoadOptions options, WorkFolder work)
{
    private const int machines = 16;
    private const int gpus = 8;
    private const int pending = 500;
    private const int asked = 40;

    private static readonly string[] projects = ["team", "other", "default"];
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    public async Task RunAsync(Table table)
    {
        var server = await LoadServer.StartAsync(options, work);
        try
        {
            await FillAsync(server);
            var waiting = options.Scaled(pending);
            Add(table, server, $"explain one of {waiting} that wait, {asked} in turn", await AskAsync(server, asked));
            server = await server.StartAgainAsync();
            Add(table, server, "the same, the first after the server started", await AskAsync(server, 1));
            await AskCommandLineAsync(table, server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task FillAsync(LoadServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Door("web") };
        await Agents.CordonAsync(http);
        foreach (var (name, quota) in new[] { ("team", 64), ("other", 16) })
        {
            await PostAsync(http, "/api/shares", new { name, terms = new { gpu = new { quota } } });
        }

        using var stop = new CancellationTokenSource();
        var agents = Enumerable.Range(0, machines).Select(one => RunAgentAsync(one, server, stop.Token)).ToList();
        for (var i = 0; i < machines * gpus; i++)
        {
            await SubmitAsync(http, $"run-{i}", projects[i % projects.Length], 1, TimeSpan.FromHours(i + 1));
        }

        await UntilAsync(http, "state=running", machines * gpus);
        var waiting = options.Scaled(pending);
        for (var i = 0; i < waiting; i++)
        {
            await SubmitAsync(http, $"wait-{i}", projects[i % projects.Length], 1 + (i % gpus), null);
        }

        await UntilAsync(http, "state=pending", waiting);
        await stop.CancelAsync();
        await Task.WhenAll(agents);
    }

    private async Task<Result<Unit>> RunAgentAsync(int number, LoadServer server, CancellationToken ct)
    {
        using var desk = new HttpNodeServer(server.Door("web"), null, TimeProvider.System);
        await using var executor = new InstantExecutor(new ConcurrentDictionary<string, int>(), isEndless: true);
        var machine = new NodeMachine
        {
            CpuMillicores = 64_000,
            MemoryBytes = 256L << 30,
            Gpus = [.. Enumerable.Range(0, gpus).Select(gpu => new NodeGpu(gpu, $"{number}-{gpu}", "gpu", 80L << 30))],
            Executors = [executor.Kind],
        };
        var settings = new AgentOptions($"machine-{number:d2}", machine, "127.0.0.1", work.New("agent"))
        {
            Warn = _ => { },
            MeasureEvery = patience,
        };
        return await new NodeAgent(settings, desk, executor, TimeProvider.System, IdSource.System).RunAsync(ct);
    }

    private static Task SubmitAsync(HttpClient http, string name, string project, int gpus, TimeSpan? limit) =>
        PostAsync(
            http,
            "/api/workloads",
            new
            {
                name,
                project,
                kind = "train",
                command = new[] { "true" },
                gpus,
                time_limit = limit?.TotalSeconds,
            }
        );

    private static async Task PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task UntilAsync(HttpClient http, string which, int expected)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync($"/api/workloads?{which}&limit=1"));
            var found = answer.RootElement.GetProperty("total").GetInt32();
            if (found == expected)
            {
                return;
            }

            if (clock.Elapsed > patience)
            {
                throw new TimeoutException($"{found} of {expected} workloads are {which}");
            }
        }
    }

    /// <summary>How many milliseconds each took.</summary>
    private async Task<List<double>> AskAsync(LoadServer server, int times)
    {
        using var http = new HttpClient { BaseAddress = server.Door("web") };
        var took = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var which = options.Scaled(pending) - 1 - i;
            var project = projects[which % projects.Length];
            var clock = Stopwatch.StartNew();
            var text = await http.GetStringAsync($"/api/workloads/wait-{which}/explain?project={project}");
            took.Add(clock.Elapsed.TotalMilliseconds);
            Check(text);
        }

        return took;
    }

    private static void Check(string text)
    {
        using var answer = JsonDocument.Parse(text);
        var told = answer.RootElement;
        if (told.GetProperty("reasons").GetArrayLength() == 0 || told.GetProperty("prospect").GetString() != "waits")
        {
            throw new InvalidOperationException($"it does not say why it waits: {text}");
        }
    }

    private async Task AskCommandLineAsync(Table table, LoadServer server)
    {
        if (options.Cli is { } cli)
        {
            var usage = await Shell.RunAsync($"BRAID_DATA={server.Folder} {cli} explain wait-0 -p team");
            Add(table, server, "the same by the command line", [usage.Wall * 1000]);
        }
    }

    private static void Add(Table table, LoadServer server, string what, List<double> took) =>
        table.Add(
            what,
            took.Count == 1
                ? Table.Number(took[0], "ms")
                : $"longest {Table.Number(took.Max(), "ms")}, mean {Table.Number(took.Average(), "ms")}",
            "",
            "",
            "< 1,000 ms",
            "",
            server.PeakMiB()
        );
}
