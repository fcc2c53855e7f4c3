using System.Diagnostics;
using System.Text;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>
/// What it takes to log scalars, what a point takes of the disk, and how long a curve of a million points takes to draw that
/// was not looked at before.
/// </summary>
internal sealed class Points(LoadOptions options, WorkFolder work)
{
    private const string histogram = "events.scalar_metrics_iter_histogram";
    private const int clients = 8;
    private const int inRequest = 1000;
    private const int series = 10;
    private const int all = 1_000_000;
    private const int warmUps = 20;
    private const int looks = 7;
    private const int othersRequests = 100;
    private const int mostBytes = 8;

    public async Task RunAsync(Table table)
    {
        await LogAsync(table);
        await DrawAsync(table);
    }

    private async Task LogAsync(Table table)
    {
        var empty = await LoadServer.StartAsync(options, work);
        await using var server = await empty.StartAgainAsync();
        var sizeBefore = Size(server);
        using var client = new TrackingClient(server.Door("clearml"));
        var requests = Math.Max(1, options.Scaled(all) / clients / inRequest);
        var logs = new List<(byte[][] WarmUp, byte[][] Measured)>();
        for (var i = 0; i < clients; i++)
        {
            var scalars = new Scalars(await NewTaskAsync(client), series, seed: i);
            logs.Add((Bodies(scalars, warmUps), Bodies(scalars, requests)));
        }

        await Task.WhenAll(logs.Select(log => SendAsync(client, log.WarmUp)));
        var (before, clock) = (server.OfServer(), Stopwatch.StartNew());
        var usage = await server.MeasureAsync(_ => Task.WhenAll(logs.Select(log => SendAsync(client, log.Measured))));
        var (wall, cpu) = (clock.Elapsed.TotalSeconds, server.OfServer() - before);
        var points = clients * requests * inRequest;
        table.Add(
            $"log {Table.Count(points)} scalars, {Table.Count(inRequest)} a request, {clients} clients",
            $"{Table.Count(points / wall)} points/s",
            $"{Table.Number(cpu / points * 1e6, "us")} of the server's processor time a point",
            "",
            ">= 150,000 points/s",
            Table.Number(usage.Cpu, ""),
            server.PeakMiB()
        );
        await server.StopAsync();
        AddSize(table, server, sizeBefore, $"{clients * series} series", points + (clients * warmUps * inRequest));
    }

    private async Task DrawAsync(Table table)
    {
        var points = options.Scaled(all);
        var empty = await LoadServer.StartAsync(options, work);
        var full = await empty.StartAgainAsync();
        var sizeBefore = Size(full);
        string task;
        using (var client = new TrackingClient(full.Door("clearml")))
        {
            task = await NewTaskAsync(client);
            await SendAsync(client, Bodies(new(task, series: 1, seed: 1), points / inRequest));
        }

        await full.StopAsync();
        AddSize(table, full, sizeBefore, "one series", points);
        await using var server = await full.StartAgainAsync();
        using var viewer = new TrackingClient(server.Door("clearml"));
        // Others were looked at, so the server has its code compiled; this one was not since it started.
        var other = await NewTaskAsync(viewer);
        await SendAsync(viewer, Bodies(new(other, series: 1, seed: 2), othersRequests));
        await LookAsync(viewer, other, looks * looks);
        var cpu = server.OfServer();
        var times = await LookAsync(viewer, task, looks);
        table.Add(
            $"draw a series of {Table.Count(points)} points with 6,000, not looked at before",
            Table.Number(times[0], "ms"),
            $"{Table.Number(times.Order().ElementAt(looks / 2), "ms")} the median of {looks} looks",
            "",
            "< 100 ms",
            Table.Number((server.OfServer() - cpu) / looks, "a look"),
            server.PeakMiB()
        );
    }

    /// <summary>How many milliseconds each look took.</summary>
    private static async Task<List<double>> LookAsync(TrackingClient client, string task, int times)
    {
        var body = Encoding.ASCII.GetBytes($$"""{"task":"{{task}}","samples":6000}""");
        var took = new List<double>();
        for (var look = 0; look < times; look++)
        {
            var clock = Stopwatch.StartNew();
            await client.SendOnlyAsync(histogram, body);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        return took;
    }

    private static Task<string> NewTaskAsync(TrackingClient client) =>
        client.MakeAsync("tasks.create", """{"name":"load","type":"training"}""");

    private static byte[][] Bodies(Scalars scalars, int requests) =>
        [.. Enumerable.Range(0, requests).Select(_ => scalars.Next(inRequest / scalars.Series))];

    private static async Task SendAsync(TrackingClient client, byte[][] bodies)
    {
        foreach (var body in bodies)
        {
            await client.SendOnlyAsync("events.add_batch", body);
        }
    }

    /// <summary>Bytes of the database.</summary>
    private static long Size(LoadServer server) =>
        new DirectoryInfo(server.Folder).EnumerateFiles("*.db*").Sum(file => file.Length);

    private static void AddSize(Table table, LoadServer server, long before, string what, long points) =>
        table.Add(
            $"bytes that the database grows by for each of {Table.Count(points)} points, {what}",
            Table.Number((double)(Size(server) - before) / points, ""),
            "",
            "",
            $"<= {mostBytes}",
            "",
            ""
        );
}
