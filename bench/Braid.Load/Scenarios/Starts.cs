using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Braid.Load.Machine;
using Braid.Load.Report;

namespace Braid.Load.Scenarios;

/// <summary>Programs that are submitted one after the other to an idle machine, and say when they began.</summary>
internal sealed class Starts(LoadOptions options, WorkFolder work)
{
    private const int submitted = 50;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);

    public async Task RunAsync(Table table)
    {
        await using var server = await LoadServer.StartAsync(options, work);
        using var http = new HttpClient { BaseAddress = server.Door("web") };
        using var clearml = new TrackingClient(server.Door("clearml"));
        await BeginAsync(http, clearml, "first");
        var took = new List<double>();
        for (var number = 0; number < submitted; number++)
        {
            took.Add(await BeginAsync(http, clearml, $"start-{number}"));
        }

        took.Sort();
        table.Add(
            $"from submission to what a process does first on the idle machine of the server, {submitted} in turn",
            $"median {Table.Number(took[took.Count / 2], "ms")}, p95 {Table.Number(took[(int)(0.95 * (took.Count - 1))], "ms")}, longest {Table.Number(took[^1], "ms")}",
            "",
            "",
            "< 200 ms",
            "",
            server.PeakMiB()
        );
    }

    /// <summary>Milliseconds from before it was submitted to its own first look at the clock.</summary>
    private static async Task<double> BeginAsync(HttpClient http, TrackingClient clearml, string name)
    {
        var before = TimeProvider.System.GetUtcNow();
        using var answer = await http.PostAsJsonAsync(
            "/api/workloads",
            new
            {
                name,
                project = "default",
                kind = "train",
                command = new[] { "date", "+%s%N" },
            }
        );
        answer.EnsureSuccessStatusCode();
        using var made = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var id = made.RootElement.GetProperty("id").GetString() ?? "";
        var nanoseconds = await PrintedAsync(clearml, id);
        return nanoseconds / 1e6 - (before - DateTimeOffset.UnixEpoch).TotalMilliseconds;
    }

    /// <summary>The number that it printed.</summary>
    private static async Task<long> PrintedAsync(TrackingClient clearml, string id)
    {
        var question = JsonSerializer.SerializeToUtf8Bytes(new { task = id, order = "asc" });
        for (
            var start = TimeProvider.System.GetTimestamp();
            TimeProvider.System.GetElapsedTime(start) < patience;
            await Task.Delay(pause, TimeProvider.System)
        )
        {
            using var log = await clearml.CallAsync("events.get_task_log", question);
            foreach (var line in log.RootElement.GetProperty("data").GetProperty("events").EnumerateArray())
            {
                if (long.TryParse(line.GetProperty("msg").GetString(), CultureInfo.InvariantCulture, out var printed))
                {
                    return printed;
                }
            }
        }

        throw new TimeoutException($"{id} has not printed anything within {patience}");
    }
}
