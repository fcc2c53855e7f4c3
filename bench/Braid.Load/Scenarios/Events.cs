using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.TensorBoard.Writing;

namespace Braid.Load.Scenarios;

/// <summary>What it takes to send a run an event file of scalars in one piece, and what reading the file alone takes.</summary>
internal sealed class Events(LoadOptions options, WorkFolder work)
{
    private const int all = 1_000_000;
    private const int tags = 50;
    private const double start = 1_790_000_000;
    private const string name = "events.out.tfevents.1790000000.load";

    public async Task RunAsync(Table table)
    {
        var points = options.Scaled(all);
        var bytes = FileOf(points);
        AddReading(table, bytes, points);
        await using var server = await LoadServer.StartAsync(options, work);
        using var client = new TrackingClient(server.Door("clearml"));
        using var web = new HttpClient { BaseAddress = server.Door("web") };
        // Code is compiled, and the store has begun, before anything is measured.
        await SendAsync(web, await NewRunAsync(client), FileOf(points / 10));
        var peak = server.PeakMiB();
        for (var round = 0; round < options.Rounds; round++)
        {
            var run = await NewRunAsync(client);
            var (cpu, clock) = (server.OfServer(), Stopwatch.StartNew());
            var taken = await SendAsync(web, run, bytes);
            var wall = clock.Elapsed.TotalSeconds;
            cpu = server.OfServer() - cpu;
            table.Add(
                $"an event file of {Table.Count(taken)} scalars of {tags} tags, one request",
                $"{Table.Count(taken / wall)} points/s",
                $"{Table.Number(cpu / taken * 1e6, "us")} of the server's processor time a point",
                $"{peak} MiB before",
                ">= 500,000 points/s",
                Table.Number(cpu, ""),
                server.PeakMiB()
            );
        }
    }

    private static void AddReading(Table table, byte[] bytes, int points)
    {
        var (tagTable, batch) = (new TagTable(), new EventBatch());
        Read(bytes, tagTable, batch);
        var clock = Stopwatch.StartNew();
        Read(bytes, tagTable, batch);
        table.Add(
            $"reading {Table.Count(points)} scalars of {tags} tags from memory, both check sums of each",
            $"{Table.Count(points / clock.Elapsed.TotalSeconds)} points/s",
            "",
            "",
            ">= 5,000,000 points/s",
            "",
            ""
        );
    }

    private static void Read(byte[] bytes, TagTable table, EventBatch batch)
    {
        using var reader = new EventReader(new MemoryStream(bytes), 0, table);
        do
        {
            batch.Clear();
        } while (reader.ReadAsync(batch, default).AsTask().GetAwaiter().GetResult());
    }

    private static byte[] FileOf(int points)
    {
        var random = new Random(1);
        using var stream = new MemoryStream();
        using var writer = new EventFileWriter(stream, TimeProvider.System);
        writer.AddVersion();
        for (var at = 0; at < points; at++)
        {
            writer.AddScalar($"train/metric_{at % tags}", random.NextDouble(), at / tags, start + (at / tags * 0.1));
        }

        return stream.ToArray();
    }

    private static Task<string> NewRunAsync(TrackingClient client) =>
        client.MakeAsync("tasks.create", """{"name":"load","type":"training"}""");

    /// <summary>How many points the server took.</summary>
    private static async Task<long> SendAsync(HttpClient web, string run, byte[] bytes)
    {
        using var answer = await web.PutAsync($"/api/runs/{run}/events/{name}", new ByteArrayContent(bytes));
        answer.EnsureSuccessStatusCode();
        var taken = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        return long.Parse($"{taken?["points"]}", CultureInfo.InvariantCulture);
    }
}
