using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Tests.Runs;

public sealed class RunTests
{
    private static readonly TimeSpan atMost = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_run_is_listed_and_shown_with_its_parameters_and_curves()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var points = Enumerable
            .Range(0, 100)
            .Select(step => new Point("loss", "loss", step, 1000 + step, 1.0 / (step + 1)));
        foreach (var some in points.Chunk(5)) // all but the first wait in the inbox
        {
            await host.Rooms.Series.AppendAsync(WebHost.Internal, run.Id, some, default);
        }

        var listed = await host.Client.GetFromJsonAsync<JsonObject>("/api/runs?limit=10");
        Assert.Equal(run.Id.ToString(), (string?)listed!["runs"]![0]!["id"]);
        var shown = await host.Client.GetFromJsonAsync<JsonObject>($"/api/runs/{run.Id}");
        Assert.Equal("train", (string?)shown!["run"]!["name"]);
        Assert.Equal("0.1", (string?)shown["parameters"]![0]!["value"]);
        var metrics = await host.Client.GetFromJsonAsync<JsonObject>($"/api/runs/{run.Id}/metrics");
        Assert.Equal(0.01, (double)metrics!["metrics"]![0]!["last"]!, 3);
        var drawn = await host.Client.GetFromJsonAsync<JsonObject>($"/api/curves?run={run.Id}&key=loss");
        Assert.Equal(100, drawn!["curves"]![0]!["x"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/api/runs/nonsense")]
    [InlineData("/api/runs/0123456789abcdef0123456789abcdef")]
    [InlineData("/api/runs/0123456789abcdef0123456789abcdef/metrics")]
    [InlineData("/api/runs/0123456789abcdef0123456789abcdef/live")]
    public async Task A_run_that_does_not_exist_is_said_so(string path)
    {
        await using var host = await WebHost.StartAsync();
        using var answer = await host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var error = await answer.Content.ReadFromJsonAsync<JsonObject>();
        Assert.NotEmpty((string)error!["message"]!);
    }

    [Fact]
    public async Task Log_lines_arrive_while_the_page_looks_on()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        using var live = await host.Client.GetAsync(
            $"/api/runs/{run.Id}/live",
            HttpCompletionOption.ResponseHeadersRead
        );
        Assert.Equal("text/event-stream", live.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await live.Content.ReadAsStreamAsync());
        foreach (var text in (string[])["first", "<b>second</b>"])
        {
            await LogAsync(host, run, text);
            var data = await NextLogAsync(events).WaitAsync(atMost);
            Assert.Equal(text, (string?)data[0]!["text"]);
        }
    }

    [Theory]
    [InlineData("follow=false", new[] { "1", "2", "3" })]
    [InlineData("follow=false&tail=-1", new[] { "1", "2", "3" })]
    [InlineData("follow=false&tail=2", new[] { "2", "3" })]
    public async Task A_program_reads_the_log_that_there_is_and_its_end(string query, string[] expected)
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        foreach (var text in (string[])["1", "2", "3"])
        {
            await LogAsync(host, run, text);
        }

        var stream = await host.Client.GetStringAsync($"/api/runs/{run.Id}/live?{query}").WaitAsync(atMost);
        var lines = stream.Split('\n').SkipWhile(line => line != "event: log").ElementAt(1)["data: ".Length..];
        Assert.Equal(expected, JsonNode.Parse(lines)!.AsArray().Select(line => (string)line!["text"]!));
        Assert.EndsWith("event: end\ndata: []\n\n", stream, StringComparison.Ordinal);
    }

    private static async Task<Run> CreateRunAsync(WebHost host)
    {
        var created = await host.Rooms.Runs.CreateAsync(
            WebHost.Internal,
            new()
            {
                Protocol = "braid",
                Name = "train",
                Status = RunStatus.InProgress,
                With = new() { Parameters = new() { Set = [new("General", "lr", "0.1")] } },
            },
            default
        );
        return created.Value;
    }

    private static Task LogAsync(WebHost host, Run run, string text) =>
        host.Rooms.Logs.AppendAsync(WebHost.Internal, run.Id, [new LogLine { TimestampMs = 1, Text = text }], default);

    private static async Task<JsonArray> NextLogAsync(StreamReader events)
    {
        while (await events.ReadLineAsync() is { } line)
        {
            if (line == "event: log")
            {
                var data = await events.ReadLineAsync();
                return JsonNode.Parse(data!["data: ".Length..])!.AsArray();
            }
        }

        throw new InvalidOperationException("the stream ended");
    }
}
