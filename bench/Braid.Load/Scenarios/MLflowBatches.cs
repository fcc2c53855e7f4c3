using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>What batches of MLflow's metrics take: large ones of one client, small ones of many; beside MLflow's own server where one is named.</summary>
internal sealed class MLflowBatches(LoadOptions options, WorkFolder work)
{
    private const int largeBatch = 1000;
    private const int largeBatches = 300;
    private const int smallBatch = 10;
    private const int clients = 20;
    private const int smallBatches = 60_000;
    private const int warmUps = 1000;
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(15);

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var client = new MLflowClient(server.Door("mlflow"));
        await LargeAsync(table, server, client);
        await SmallAsync(table, server, client);
    }

    /// <summary>Nothing when no peer is named. It closes connections that are idle for long, so it is asked through new ones.</summary>
    private async Task<List<double>> OfPeerAsync(Func<MLflowClient, Task<List<double>>> run)
    {
        if (options.MLflow is not { } address)
        {
            return [];
        }

        using var peer = new MLflowClient(address);
        return await run(peer);
    }

    private async Task LargeAsync(Table table, LoadServer server, MLflowClient client)
    {
        await LargeAsync(client, options.Scaled(largeBatches));
        List<double> times = [];
        var usage = await server.MeasureAsync(async _ =>
            times = await LargeAsync(client, options.Scaled(largeBatches))
        );
        var theirs = await OfPeerAsync(peer => LargeAsync(peer, options.Scaled(largeBatches) / 4));
        var what = $"log-batch of {Table.Count(largeBatch)} metrics, one client";
        Add(table, server, what, times, theirs, usage, "p50 < 8 ms");
    }

    private async Task SmallAsync(Table table, LoadServer server, MLflowClient client)
    {
        await SmallAsync(client, warmUps * 10);
        List<double> times = [];
        var usage = await server.MeasureAsync(async _ =>
            times = await SmallAsync(client, options.Scaled(smallBatches))
        );
        var theirs = await OfPeerAsync(peer => SmallAsync(peer, options.Scaled(smallBatches) / 60));
        var what = $"log-batch of {smallBatch} metrics, {clients} clients";
        Add(table, server, what, times, theirs, usage, ">= 5,000/s, p99 < 20 ms");
    }

    /// <summary>One run's metrics, a thousand steps of one key a request; how many milliseconds each took.</summary>
    private static async Task<List<double>> LargeAsync(MLflowClient client, int batches)
    {
        var run = await RunAsync(client);
        var (times, clock) = (new List<double>(), Stopwatch.StartNew());
        for (var i = 0; i < batches && clock.Elapsed < longest; i++)
        {
            times.Add(await TimeAsync(client, Batch(run, i * largeBatch, largeBatch, keys: 1)));
        }

        return times;
    }

    private static async Task<List<double>> SmallAsync(MLflowClient client, int batches)
    {
        var left = batches;
        var clock = Stopwatch.StartNew();
        var each = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => LogAsync()));
        return [.. each.SelectMany(times => times)];

        async Task<List<double>> LogAsync()
        {
            var run = await RunAsync(client);
            var times = new List<double>();
            while (Interlocked.Decrement(ref left) >= 0 && clock.Elapsed < longest)
            {
                times.Add(await TimeAsync(client, Batch(run, times.Count, smallBatch, keys: smallBatch)));
            }

            return times;
        }
    }

    private static async Task<string> RunAsync(MLflowClient client) => await client.NewRunAsync("0");

    /// <summary>As many metrics from a step on; with several keys all of one step.</summary>
    private static byte[] Batch(string run, int step, int metrics, int keys)
    {
        var text = new StringBuilder($$"""{"run_id":"{{run}}","metrics":[""");
        for (var i = 0; i < metrics; i++)
        {
            var at = keys == 1 ? step + i : step;
            text.Append(i == 0 ? "" : ",")
                .Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"key":"m{{i % keys}}","value":{{1.0 / (at + i + 1)}},"timestamp":{{1_700_000_000_000 + at}},"step":{{at}}}"""
                );
        }

        return Encoding.ASCII.GetBytes(text.Append("]}").ToString());
    }

    private static async Task<double> TimeAsync(MLflowClient client, byte[] batch)
    {
        var clock = Stopwatch.StartNew();
        await client.SendAsync("runs/log-batch", batch);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static void Add(
        Table table,
        LoadServer server,
        string what,
        List<double> times,
        List<double> theirs,
        Usage usage,
        string reach
    ) =>
        table.Add(
            what,
            Latency(times),
            $"{Table.Count(times.Count / usage.Wall)}/s",
            theirs.Count == 0 ? "" : $"MLflow: {Latency(theirs)}",
            reach,
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );

    private static string Latency(List<double> times)
    {
        times.Sort();
        return $"p50 {Table.Number(Part(times, 0.5), "ms")}, p99 {Table.Number(Part(times, 0.99), "ms")}";
    }

    private static double Part(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];
}
