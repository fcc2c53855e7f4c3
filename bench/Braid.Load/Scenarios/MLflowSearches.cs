using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Pages of MLflow's runs by a metric and a parameter, among 100,000 runs of one experiment.</summary>
internal sealed class MLflowSearches(LoadOptions options, WorkFolder work)
{
    private const int fullRuns = 100_000;
    private const int fillers = 32;
    private const int optimizers = 10;
    private const int searches = 300;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(15);

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var client = new MLflowClient(server.Door("mlflow"));
        var experiment = await client.NewExperimentAsync("searched");
        var clock = Stopwatch.StartNew();
        var filled = await server.MeasureAsync(_ => FillAsync(client, experiment));
        table.Add(
            $"make {Table.Count(options.Scaled(fullRuns))} runs with a batch each, {fillers} clients",
            $"{Table.Count(2 * options.Scaled(fullRuns) / clock.Elapsed.TotalSeconds)} requests/s",
            "",
            "",
            "",
            Table.Number(filled.Cpu, ""),
            server.PeakMiB()
        );
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

    private async Task FillAsync(MLflowClient client, string experiment)
    {
        var left = options.Scaled(fullRuns);
        await Task.WhenAll(Enumerable.Range(0, fillers).Select(seed => FillAsync(new(seed))));

        async Task FillAsync(Random random)
        {
            while (Interlocked.Decrement(ref left) is >= 0 and var i)
            {
                var run = await client.NewRunAsync(experiment);
                var batch = string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {"run_id":"{{run}}","params":[{"key":"optimizer","value":"o{{i
                        % optimizers}}"},{"key":"rate","value":"{{i}}"}],
                     "metrics":[{"key":"loss","value":{{random.NextDouble():R}},"timestamp":1,"step":1},{"key":"acc","value":0.5,"timestamp":1,"step":1}]}
                    """
                );
                await client.SendAsync("runs/log-batch", Encoding.ASCII.GetBytes(batch));
            }
        }
    }

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
