using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Pages of MLflow's runs by a metric and a parameter, among 100,000 runs of one experiment.</summary>
internal sealed class MLflowSearches(LoadOptions options, WorkFolder work)
{
    private const string name = "searched";
    private const int linesInBatch = 500;
    private const int fullRuns = 100_000;
    private const int fillers = 32;
    private const int optimizers = 10;
    private const int searches = 300;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(15);

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var client = new MLflowClient(server.Door("mlflow"));
        using (var filler = new TrackingClient(server.Door("clearml")))
        {
            await FillAsync(filler);
        }

        var experiment = await client.ExperimentAsync(name);
        foreach (
            var (filter, order) in new[]
            {
                ("metrics.loss > 0.5 AND params.optimizer = 'o3'", "metrics.loss ASC"),
                ("metrics.loss < 0.001 AND params.optimizer = 'o3'", "metrics.loss DESC"),
                ("params.optimizer = 'o3'", "attributes.start_time DESC"),
                ("", "metrics.loss ASC"),
            }
        )
        {
            await SearchAsync(table, server, client, experiment, filter, order);
        }
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

    private static async Task SearchAsync(
        Table table,
        LoadServer server,
        MLflowClient client,
        string experiment,
        string filter,
        string order
    )
    {
        var body = Encoding.ASCII.GetBytes(
            $$"""{"experiment_ids":["{{experiment}}"],"filter":"{{filter}}","order_by":["{{order}}"],"max_results":50}"""
        );
        await client.SendAsync("runs/search", body);
        var times = new List<double>();
        var usage = await server.MeasureAsync(async _ =>
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < searches && clock.Elapsed < longest; i++)
            {
                var one = Stopwatch.StartNew();
                await client.SendAsync("runs/search", body);
                times.Add(one.Elapsed.TotalMilliseconds);
            }
        });
        times.Sort();
        table.Add(
            $"50 runs, filter \"{filter}\", order {order}",
            $"p99 {Table.Number(times[(int)(0.99 * (times.Count - 1))], "ms")}, p50 {Table.Number(times[times.Count / 2], "ms")}",
            $"{Table.Count(times.Count / usage.Wall)}/s",
            "",
            "p99 < 100 ms",
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );
    }
}
