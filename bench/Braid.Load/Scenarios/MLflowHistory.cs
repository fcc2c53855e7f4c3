using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>The history of one metric with a million points: whole, and in the pages that MLflow's clients ask for.</summary>
internal sealed class MLflowHistory(LoadOptions options, WorkFolder work)
{
    private const int all = 1_000_000;
    private const int inBatch = 1000;
    private const int inPage = 25_000;
    private const int looks = 5;

    public async Task RunAsync(Table table)
    {
        var points = options.Scaled(all);
        var first = await LoadServer.StartAsync(options, work);
        string run;
        using (var writer = new MLflowClient(first.Door("mlflow")))
        {
            run = await writer.NewRunAsync("0");
            for (var step = 0; step < points; step += inBatch)
            {
                await writer.SendAsync("runs/log-batch", Batch(run, step));
            }
        }

        await using var server = await first.StartAgainAsync();
        using var client = new MLflowClient(server.Door("mlflow"));
        await client.DrainAsync($"metrics/get-history?run_id={run}&metric_key=loss&max_results=1000");
        var before = server.PeakMiB();
        var bytes = 0L;
        var whole = await MeasureAsync(
            server,
            async () => bytes = await client.DrainAsync($"metrics/get-history?run_id={run}&metric_key=loss")
        );
        Add(table, server, $"history of {Table.Count(points)} points, whole ({bytes >> 20} MiB)", whole, before);
        var paged = await MeasureAsync(server, () => PagesAsync(client, run, points));
        Add(table, server, $"the same in pages of {Table.Count(inPage)}", paged, before);
    }

    private static async Task PagesAsync(MLflowClient client, string run, int points)
    {
        for (var offset = 0; offset < points; offset += inPage)
        {
            var token = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{{\"offset\": {offset}}}"));
            var page = offset == 0 ? "" : $"&page_token={Uri.EscapeDataString(token)}";
            await client.DrainAsync($"metrics/get-history?run_id={run}&metric_key=loss&max_results={inPage}{page}");
        }
    }

    private static byte[] Batch(string run, int from)
    {
        var metrics = Enumerable
            .Range(from, inBatch)
            .Select(step =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"key":"loss","value":{{1.0 / (step + 1):R}},"timestamp":{{1_700_000_000_000 + step}},"step":{{step}}}"""
                )
            );
        return Encoding.ASCII.GetBytes($$"""{"run_id":"{{run}}","metrics":[{{string.Join(',', metrics)}}]}""");
    }

    private static async Task<(List<double> Times, double Cpu)> MeasureAsync(LoadServer server, Func<Task> act)
    {
        var (times, cpu) = (new List<double>(), server.OfServer());
        for (var i = 0; i < looks; i++)
        {
            var clock = Stopwatch.StartNew();
            await act();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return (times, (server.OfServer() - cpu) / looks);
    }

    private static void Add(
        Table table,
        LoadServer server,
        string what,
        (List<double> Times, double Cpu) took,
        string before
    ) =>
        table.Add(
            what,
            Table.Number(took.Times[0], "ms"),
            $"{Table.Number(took.Times.Order().ElementAt(looks / 2), "ms")} the median of {looks}",
            $"{before} MiB before",
            "< 1 s",
            Table.Number(took.Cpu, "a look"),
            server.PeakMiB()
        );
}
