using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Credentials;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Tests.Events;

/// <summary>Sends event files as they were recorded, and reads what is in a run.</summary>
internal static class EventFileCalls
{
    public const string tbx = "tbx_run/events.out.tfevents.1700000000.tracelet-fixture";
    public const string torch = "torch_run/events.out.tfevents.1700001000.tracelet-fixture.4242.0";
    public const string v2 = "v2_run/train/events.out.tfevents.1700002000.tracelet-fixture.4242.2.v2";
    public const string trial = "tbx_run/trial_1/events.out.tfevents.1700000080.tracelet-fixture";
    public const string first = "restart_run/events.out.tfevents.1700003000.tracelet-fixture";
    public const string second = "restart_run/events.out.tfevents.1700003100.tracelet-fixture";
    public const string name = "events.out.tfevents.1.host";

    public static byte[] Bytes(string path) =>
        File.ReadAllBytes(Repository.PathOf("tests", "Braid.TensorBoard.Tests", "Data", "tfevents", path));

    public static async Task<RunId> CreateRunAsync(WebHost host)
    {
        var run = new NewRun
        {
            Protocol = "braid",
            Name = "train",
            Status = RunStatus.InProgress,
        };
        return (await host.Rooms.Runs.CreateAsync(WebHost.Internal, run, default)).Value.Id;
    }

    public static async Task<JsonObject> SendAsync(WebHost host, RunId run, string path, byte[] bytes, long offset = 0)
    {
        using var answer = await PutAsync(host, run, path, bytes, offset);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public static Task<HttpResponseMessage> PutAsync(WebHost host, RunId run, string path, byte[] bytes, long offset) =>
        host.Client.PutAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/runs/{run}/events/{path}?offset={offset}"),
            new ByteArrayContent(bytes)
        );

    public static void SignIn(WebHost host, KeyPair keys) =>
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"))
        );

    public static async Task<IReadOnlyList<Sample>> HistoryAsync(WebHost host, RunId run, SeriesName series) =>
        (await host.Rooms.Series.HistoryAsync(WebHost.Internal, run, series, HistoryPage.All, default)).Value.Items;

    public static async Task<IReadOnlyList<PlotEvent>> PlotsAsync(WebHost host, RunId run, PlotKind kind) =>
        (
            await new Plots(host.Rooms.Database, TimeProvider.System).ListAsync(
                WebHost.Internal,
                new([run], kind),
                default
            )
        )
            .Value
            .Items;

    public static async Task<JsonObject> FigureAsync(WebHost host, RunId run, SeriesName series)
    {
        var plot = Assert.Single(
            await PlotsAsync(host, run, PlotKind.Plot),
            one => (one.Metric, one.Variant) == (series.Metric, series.Variant)
        );
        var figure = JsonNode.Parse((string)JsonNode.Parse(plot.Content)!["plot_str"]!);
        return figure!["data"]![0]!.AsObject();
    }

    /// <summary>What is in a run, apart from its id.</summary>
    public static async Task<string> SummaryAsync(WebHost host, RunId run)
    {
        var text = new StringBuilder();
        foreach (var series in (await host.Rooms.Series.ListAsync(WebHost.Internal, [run], default)).Value)
        {
            var history = await HistoryAsync(host, run, new(series.Metric, series.Variant));
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{series.Metric} {series.Variant} {string.Join(' ', history)}"
            );
        }

        foreach (var kind in Enum.GetValues<PlotKind>())
        {
            foreach (var plot in await PlotsAsync(host, run, kind))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{plot.Metric} {plot.Variant} {plot.Iteration} {plot.TimestampMs}"
                );
            }
        }

        var lines = await host.Rooms.Logs.ReadAsync(WebHost.Internal, run, new(), default);
        return text.AppendJoin('\n', lines.Value.Select(line => line.Text)).ToString();
    }
}
