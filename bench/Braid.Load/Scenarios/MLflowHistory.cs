using System.Diagnostics;
using System.Globalization;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>
/// The history of one metric with a million points: whole, in the pages that MLflow's clients ask for, and as ClearML's raw events. Each
/// is read from a server that has just started, so that its memory is of that alone.
/// </summary>
internal sealed class MLflowHistory(LoadOptions options, WorkFolder work)
{
    private const int all = 1_000_000;
    private const int inBatch = 1000;
    private const int inPage = 25_000;
    private const int inRawPage = 10_000;
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

        var server = await MeasureAsync(table, first, $"history of {Table.Count(points)} points, whole", WholeAsync);
        server = await MeasureAsync(
            table,
            server,
            $"the same in pages of {Table.Count(inPage)}",
            reader => PagesAsync(reader, run, points)
        );
        server = await MeasureAsync(
            table,
            server,
            $"ClearML's raw events of it in pages of {Table.Count(inRawPage)}",
            RawAsync
        );
        await server.DisposeAsync();

        Task WholeAsync(LoadServer reader) => DrainAsync(reader, $"metrics/get-history?run_id={run}&metric_key=loss");
        Task RawAsync(LoadServer reader) => RawPagesAsync(reader, run);
    }

    /// <summary>The server that was started for it, in place of the one before.</summary>
    private static async Task<LoadServer> MeasureAsync(
        Table table,
        LoadServer last,
        string what,
        Func<LoadServer, Task> read
    )
    {
        var server = await last.StartAgainAsync();
        await DrainAsync(server, "experiments/get?experiment_id=0");
        var before = server.PeakMiB();
        Add(table, server, what, await MeasureAsync(server, () => read(server)), before);
        return server;
    }

    private static async Task DrainAsync(LoadServer server, string call)
    {
        using var client = new MLflowClient(server.Door("mlflow"));
        await client.DrainAsync(call);
    }

    private static async Task RawPagesAsync(LoadServer server, string run)
    {
        using var client = new TrackingClient(server.Door("clearml"));
        string? scroll = null;
        for (var returned = 1; returned > 0; )
        {
            var body = $$"""
                {"task":"{{run}}","metric":{"metric":"loss"},"batch_size":{{inRawPage}},"scroll_id":"{{scroll}}"}
                """;
            using var reply = await client.CallAsync("events.scalar_metrics_iter_raw", Encoding.ASCII.GetBytes(body));
            var data = reply.RootElement.GetProperty("data");
            (returned, scroll) = (data.GetProperty("returned").GetInt32(), data.GetProperty("scroll_id").GetString());
        }
    }

    private static async Task PagesAsync(LoadServer server, string run, int points)
    {
        using var client = new MLflowClient(server.Door("mlflow"));
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
