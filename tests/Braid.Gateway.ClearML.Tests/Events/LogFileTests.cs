using System.Net;
using System.Text;
using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Events.EventLines;

namespace Braid.Gateway.ClearML.Tests.Events;

public sealed class LogFileTests
{
    [Fact]
    public async Task A_log_is_downloaded_as_text_or_as_lines_of_JSON()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(host, Log(task, "one", 1_000), Log(task, "two", 2_500));

        var text = await DownloadAsync(host, $$"""{"task":"{{task}}"}""");
        var own = await DownloadAsync(host, $$"""{"task":"{{task}}","line_format":"{level}: {msg}"}""");
        var json = await DownloadAsync(host, $$"""{"task":"{{task}}","line_type":"json"}""");

        Assert.Equal("1970-01-01 00:00:01,000 w INFO one\n1970-01-01 00:00:02,500 w INFO two\n", text);
        Assert.Equal("INFO: one\nINFO: two\n", own);
        Assert.StartsWith("""{"type":"log","task":""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_log_is_an_empty_file_and_a_missing_task_an_error()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        Assert.Equal("", await DownloadAsync(host, $$"""{"task":"{{task}}"}"""));
        var missing = await host.Api.CallAsync(
            "events.download_task_log",
            """{"task":"00000000000000000000000000000001"}"""
        );
        Assert.Equal((400, 101), (missing.Code, missing.Subcode));
    }

    [Fact]
    public async Task A_log_is_cleared_up_to_an_age_or_as_a_whole()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await AddAsync(host, Log(task, "old", now - 7_200_000), Log(task, "new", now), Log(task, "older", 1));

        var older = await ClearAsync(host, $$"""{"task":"{{task}}","threshold_sec":3600}""");
        var left = await host.Api.DataAsync("events.get_task_log", $$"""{"task":"{{task}}"}""");
        var rest = await ClearAsync(host, $$"""{"task":"{{task}}"}""");

        Assert.Equal(2, older);
        Assert.Equal("new", left["events"]!.AsArray().Single()!["msg"]!.GetValue<string>());
        Assert.Equal(1, left["total"]!.GetValue<int>());
        Assert.Equal(1, rest);
    }

    [Theory]
    [InlineData("", "1 2,3 4,5,")]
    [InlineData(""","from":"head","order":"desc" """, "2 1,4 3,5,")]
    [InlineData(""","from":"tail" """, "4 5,2 3,1,")]
    [InlineData(""","from":"tail","order":"desc" """, "5 4,3 2,1,")]
    public async Task Clients_from_before_pages_by_time_scroll_from_head_or_tail(string more, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(host, [.. Enumerable.Range(1, 5).Select(line => Log(task, $"{line}", line * 1000))]);

        var pages = new List<string>();
        for (var scroll = "null"; pages.Count == 0 || pages[^1].Length > 0; )
        {
            var data = await host.Api.DataAsync(
                "events.get_task_log",
                $$"""{"task":"{{task}}","batch_size":2,"scroll_id":{{scroll}}{{more}}}""",
                "2.5"
            );
            scroll = data["scroll_id"]!.ToJsonString();
            pages.Add(string.Join(' ', data["events"]!.AsArray().Select(line => line!["msg"]!.GetValue<string>())));
            Assert.Equal(5, data["total"]!.GetValue<int>());
        }

        Assert.Equal(expected, string.Join(',', pages));
    }

    [Fact]
    public async Task Pages_in_both_directions_hold_every_line_once()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var random = new Random(3);
        var times = Enumerable.Range(0, 2_000).Select(_ => random.NextInt64(1, 700)).ToArray();
        foreach (var part in times.Index().Chunk(130))
        {
            await AddAsync(host, [.. part.Select(line => Log(task, $"{line.Index}", line.Item))]);
        }

        var expected = times
            .Index()
            .OrderBy(line => line.Item)
            .ThenBy(line => line.Index)
            .Select(line => $"{line.Index}");
        Assert.Equal(expected, await PagesAsync(host, task, earlier: false));
        Assert.Equal(expected.Reverse(), await PagesAsync(host, task, earlier: true));
    }

    private static async Task<List<string>> PagesAsync(ClearMLHost host, string task, bool earlier)
    {
        var (seen, from) = (new List<string>(), "null");
        while (true)
        {
            var page = await host.Api.DataAsync(
                "events.get_task_log",
                $$"""{"task":"{{task}}","batch_size":37,"navigate_earlier":{{(
                    earlier ? "true" : "false"
                )}},"from_timestamp":{{from}}}"""
            );
            Assert.Equal(2_000, page["total"]!.GetValue<int>());
            var lines = page["events"]!.AsArray();
            if (lines.Count == 0)
            {
                return seen;
            }

            seen.AddRange(lines.Select(line => line!["msg"]!.GetValue<string>()));
            from = lines[^1]!["timestamp"]!.ToJsonString();
        }
    }

    private static async Task<int> ClearAsync(ClearMLHost host, string json) =>
        (await host.Api.DataAsync("events.clear_task_log", json))["deleted"]!.GetValue<int>();

    private static async Task<string> DownloadAsync(ClearMLHost host, string json)
    {
        using var client = new HttpClient { BaseAddress = host.Api.Address };
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync(new Uri("/events.download_task_log", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("attachment", reply.Content.Headers.ContentDisposition?.DispositionType);
        return await reply.Content.ReadAsStringAsync();
    }
}
