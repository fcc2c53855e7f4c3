using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>
/// Pages of runs by metrics, parameters and attributes, among 100,000 runs of one project, as MLflow's and ClearML's clients ask for them;
/// beside MLflow's own server, with a hundredth of the runs, where one is named.
/// </summary>
internal sealed class MLflowSearches(LoadOptions options, WorkFolder work)
{
    private const string name = "searched";
    private const int linesInBatch = 500;
    private const int fullRuns = 100_000;
    private const int moreThanOfPeer = 100;
    private const int fillers = 32;
    private const int optimizers = 10;
    private const int searches = 200;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(4);

    /// <summary>Twice the MD5 of "loss", as ClearML's clients name a metric.</summary>
    private const string loss = "last_metrics.81513effdf5790b79549208838404407.81513effdf5790b79549208838404407.value";

    private static readonly (string Filter, string Order)[] ofMLflow =
    [
        ("metrics.loss > 0.5 AND params.optimizer = 'o3'", "metrics.loss ASC"),
        ("metrics.loss < 0.001 AND params.optimizer = 'o3'", "metrics.loss DESC"),
        ("metrics.loss > 0.5 AND params.optimizer = 'none'", "metrics.loss ASC"),
        ("metrics.loss > 0.5 AND params.optimizer != 'o3'", "metrics.loss ASC"),
        ("metrics.loss > 0.5 AND params.rate LIKE '77%'", "metrics.loss ASC"),
        ("params.optimizer = 'o3'", "attributes.start_time DESC"),
        ("params.rate = '777'", "metrics.loss ASC"),
        ("params.optimizer = 'o3'", "params.rate ASC"),
        ("attributes.run_name = 'run 777'", "metrics.loss ASC"),
        ("attributes.status = 'RUNNING'", "metrics.loss ASC"),
        ("", "attributes.start_time DESC"),
        ("", "metrics.loss ASC"),
    ];

    private static readonly (string What, string Query)[] ofClearML =
    [
        (
            "a metric above the half, a parameter of a tenth, in the metric's order",
            $$""" "{{loss}}":[0.5,null],"hyperparams.General.optimizer.value":["o3"],"order_by":["{{loss}}"] """
        ),
        (
            "a parameter of a tenth, newest first",
            """ "hyperparams.General.optimizer.value":["o3"],"order_by":["-last_update"] """
        ),
        ("a name, newest first", """ "name":"^run\\ 777$","order_by":["-last_update"]"""),
    ];

    public async Task RunAsync(Table table)
    {
        var server = await FilledAsync(table);
        try
        {
            using var client = new MLflowClient(server.Door("mlflow"));
            using var peer = options.MLflow is { } address ? new MLflowClient(address) : null;
            var experiment = await client.ExperimentAsync(name);
            var theirs = peer is null ? "" : await FillPeerAsync(peer);
            foreach (var (filter, order) in ofMLflow)
            {
                await SearchAsync(table, server, (client, experiment), (peer, theirs), filter, order);
            }

            using var tasks = new TrackingClient(server.Door("clearml"));
            foreach (var (what, query) in ofClearML)
            {
                await ListAsync(table, server, tasks, what, query);
            }
        }
        finally
        {
            await server.StopAsync();
            if (options.Keep is null)
            {
                WorkFolder.Remove(server.Folder);
            }
        }
    }

    /// <summary>A server with the runs; one that is kept, where there is one.</summary>
    private async Task<LoadServer> FilledAsync(Table table)
    {
        var folder = Path.Combine(options.Keep ?? work.New("server"), $"{name}-{options.Scaled(fullRuns)}");
        if (Directory.Exists(folder))
        {
            return await LoadServer.StartInAsync(options, folder);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!); // it has one
        var making = folder + "-making";
        WorkFolder.Remove(making);
        var server = await LoadServer.StartInAsync(options, making);
        using (var filler = new TrackingClient(server.Door("clearml")))
        {
            var usage = await server.MeasureAsync(_ => FillAsync(filler));
            table.Add(
                "a run made with two parameters, one metric logged",
                $"{Table.Count(options.Scaled(fullRuns) / usage.Wall)}/s",
                "",
                "",
                "",
                Table.Number(usage.Cpu / options.Scaled(fullRuns) * 1000, "ms each"),
                server.PeakMiB()
            );
        }

        await server.StopAsync();
        Directory.Move(making, folder);
        return await LoadServer.StartInAsync(options, folder);
    }

    /// <summary>Its experiment.</summary>
    private async Task<string> FillPeerAsync(MLflowClient peer)
    {
        var experiment = await peer.NewExperimentAsync($"{name} {Environment.ProcessId}");
        var random = new Random(8);
        for (var i = 0; i < options.Scaled(fullRuns) / moreThanOfPeer; i++)
        {
            var run = await peer.NewRunAsync(experiment);
            var batch = string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                {"run_id":"{{run}}","metrics":[{"key":"loss","value":{{random.NextDouble():R}},"timestamp":1000,"step":1}],
                 "params":[{"key":"optimizer","value":"o{{i % optimizers}}"},{"key":"rate","value":"{{i}}"}]}
                """
            );
            await peer.SendAsync("runs/log-batch", Encoding.ASCII.GetBytes(batch));
        }

        return experiment;
    }

    /// <summary>Through ClearML's door, which takes a run with its parameters, and the metrics of many runs, in one request.</summary>
    private async Task FillAsync(TrackingClient client)
    {
        var project = await client.MakeAsync("projects.create", $$"""{"name":"{{name}}"}""");
        var runs = new string[options.Scaled(fullRuns)];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = fillers };
        await Parallel.ForAsync(
            0,
            runs.Length,
            parallel,
            async (i, _) => runs[i] = await client.MakeAsync("tasks.create", NewRun(project, i))
        );
        var random = new Random(8);
        var batches = runs.Chunk(linesInBatch)
            .Select(some => string.Join('\n', some.Select(run => Line(run, random.NextDouble()))))
            .ToList();
        await Parallel.ForEachAsync(
            batches,
            parallel,
            async (batch, _) => await client.SendOnlyAsync("events.add_batch", Encoding.ASCII.GetBytes(batch))
        );
    }

    private static string NewRun(string project, int i) =>
        $$"""
            {"name":"run {{i}}","type":"training","project":"{{project}}","hyperparams":{"General":{
              "optimizer":{"section":"General","name":"optimizer","value":"o{{i % optimizers}}"},
              "rate":{"section":"General","name":"rate","value":"{{i}}"} } } }
            """;

    private static string Line(string run, double value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"training_stats_scalar","task":"{{run}}","metric":"loss","variant":"loss","iter":1,"value":{{value:R}},"timestamp":1000}"""
        );

    private async Task SearchAsync(
        Table table,
        LoadServer server,
        (MLflowClient Client, string Experiment) ours,
        (MLflowClient? Client, string Experiment) theirs,
        string filter,
        string order
    )
    {
        byte[] Body(string experiment) =>
            Encoding.ASCII.GetBytes(
                $$"""{"experiment_ids":["{{experiment}}"],"filter":"{{filter}}","order_by":["{{order}}"],"max_results":50}"""
            );
        var body = Body(ours.Experiment);
        var peer = theirs.Client is { } client
            ? await TimesAsync(() => client.SendAsync("runs/search", Body(theirs.Experiment)))
            : [];
        var beside =
            peer.Count == 0
                ? ""
                : $"MLflow, {Table.Count(options.Scaled(fullRuns) / moreThanOfPeer)} runs: {Latency(peer)}";
        await AddAsync(
            table,
            server,
            $"50 runs, filter \"{filter}\", order {order}",
            () => ours.Client.SendAsync("runs/search", body),
            beside
        );
    }

    private static async Task ListAsync(
        Table table,
        LoadServer server,
        TrackingClient client,
        string what,
        string query
    )
    {
        var project = await client.IdAsync("projects.get_all", $$"""{"name":"^{{name}}$"}""", "projects");
        var body = Encoding.ASCII.GetBytes(
            $$"""
            {"project":["{{project}}"],"page":0,"page_size":50,"only_fields":["id","name","status","last_metrics","hyperparams"],{{query}}}
            """
        );
        await AddAsync(table, server, $"50 tasks by {what}", () => client.SendOnlyAsync("tasks.get_all_ex", body), "");
    }

    private static async Task AddAsync(Table table, LoadServer server, string what, Func<Task> search, string beside)
    {
        await search();
        List<double> times = [];
        var usage = await server.MeasureAsync(async _ => times = await TimesAsync(search));
        table.Add(
            what,
            Latency(times),
            beside,
            "",
            "p99 < 100 ms",
            Table.Number(usage.Cpu / times.Count * 1000, "ms each"),
            server.PeakMiB()
        );
    }

    /// <summary>Milliseconds of each of many searches, sorted.</summary>
    private static async Task<List<double>> TimesAsync(Func<Task> search)
    {
        var (times, clock) = (new List<double>(), Stopwatch.StartNew());
        for (var i = 0; i < searches && clock.Elapsed < longest; i++)
        {
            var one = Stopwatch.StartNew();
            await search();
            times.Add(one.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    private static string Latency(List<double> sorted) =>
        $"p99 {Table.Number(sorted[(int)(0.99 * (sorted.Count - 1))], "ms")}, p50 {Table.Number(sorted[sorted.Count / 2], "ms")}";
}
