using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;
using static Braid.Gateway.ClearML.Tests.Events.EventLines;

namespace Braid.Gateway.ClearML.Tests.Events;

/// <summary>Events that are broken, hostile, sent again or too many: stored right, or refused with a reason.</summary>
public sealed class AbuseTests
{
    [Fact]
    public async Task A_batch_that_is_sent_again_changes_nothing()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        string[] batch =
        [
            .. Enumerable.Range(0, 500).Select(step => Scalar(task, "loss", "train", step, $"{step}.5")),
            Scalar(task, "Summary", "best", int.MinValue, "9"),
            Plot(task, "roc", "curve", 1),
            Log(task, "one", 1),
            Log(task, "one", 1),
            Log(task, "two", 2),
        ];
        await AddAsync(host, batch);
        var before = await EverythingAsync(host, task);

        var again = await AddAsync(host, batch);
        await AddAsync(host, batch);

        Assert.Equal(batch.Length, again["added"]!.GetValue<int>());
        Assert.Equal(before, await EverythingAsync(host, task));
    }

    [Theory]
    [InlineData("Content-Length: 100000\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "2000\r\n")]
    public async Task A_batch_whose_connection_breaks_is_refused_whole(string framing, string chunk)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var lines = string.Join('\n', Enumerable.Range(0, 20).Select(step => Scalar(task, "loss", "train", step, "1")));

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, host.Api.Address.Port);
            var head = "POST /v2.23/events.add_batch HTTP/1.1\r\nHost: localhost\r\n" + framing + chunk;
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + lines + "\n"));
            client.Client.Shutdown(SocketShutdown.Send);
            Assert.DoesNotContain("200 OK", await RestAsync(stream), StringComparison.Ordinal);
        }

        Assert.Empty((await EventsAsync(host, task))["events"]!.AsArray());
    }

    [Fact]
    public async Task Numbers_that_are_none_are_kept_and_drawn_as_null()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        var added = await AddAsync(
            host,
            Scalar(task, "a", "x", 0, "NaN"),
            Scalar(task, "a", "x", 1, "Infinity"),
            Scalar(task, "a", "x", 2, "-Infinity"),
            Scalar(task, "a", "x", 3, "\"nan\""),
            Scalar(task, "a", "x", 4, "1e999"),
            Scalar(task, "a", "x", 5, "2")
        );
        var curve = await host.Api.DataAsync("events.scalar_metrics_iter_histogram", $$"""{"task":"{{task}}"}""");

        Assert.Equal(6, added["added"]!.GetValue<int>());
        Assert.Equal("[0,1,2,3,4,5]", curve["a"]!["x"]!["x"]!.ToJsonString());
        Assert.Equal("[null,null,null,null,null,2]", curve["a"]!["x"]!["y"]!.ToJsonString());
    }

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("-9223372036854775807", true)]
    [InlineData("-5", true)]
    [InlineData("3.0", true)]
    [InlineData("\"17\"", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("1e30", false)]
    [InlineData("1.5", false)]
    [InlineData("[1]", false)]
    [InlineData("true", false)]
    public async Task Any_64_bit_iteration_is_kept_and_no_other(string iteration, bool isKept)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var line = Scalar(task, "a", "x", 0, "1").Replace("\"iter\":0", $"\"iter\":{iteration}");

        var reply = await host.Api.CallAsync("events.add_batch", line);

        Assert.Equal(isKept ? 200 : 400, reply.Code);
        Assert.Equal(isKept ? 1 : 0, (await EventsAsync(host, task))["total"]!.GetValue<int>());
        if (!isKept)
        {
            Assert.Contains("iter", reply.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b//c")]
    [InlineData("'; DROP TABLE series; --")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("%_*?[x]$")]
    [InlineData("emoji \U0001F600")]
    [InlineData(" ")]
    public async Task Any_name_of_a_metric_comes_back_as_it_was(string name)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var encoded = JsonValue.Create(name)!.ToJsonString();
        await AddAsync(
            host,
            Scalar(task, "m", "x", 0, "1").Replace("\"m\"", encoded).Replace("\"x\"", encoded),
            Plot(task, "m", "x", 0).Replace("\"m\"", encoded).Replace("\"x\"", encoded)
        );

        var curves = await host.Api.DataAsync(
            "events.scalar_metrics_iter_histogram",
            $$"""{"task":"{{task}}","metrics":[{"metric":{{encoded}},"variants":[{{encoded}}]}]}"""
        );
        var events = (await EventsAsync(host, task))["events"]!.AsArray();

        Assert.NotNull(curves[name]![name]);
        Assert.Equal(2, events.Count);
        Assert.All(events, one => Assert.Equal(name, one!["metric"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("a\\u0000b")]
    [InlineData("a\\udc80b")]
    [InlineData("a\\ud800b")]
    public async Task A_name_that_no_store_takes_is_kept_with_a_replacement(string name)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        var added = await AddAsync(
            host,
            Scalar(task, name, name, 0, "1"),
            Scalar(task, "plain", "x", 0, "1"),
            Plot(task, name, name, 0),
            Log(task, $"said {name}", 1).Replace("\"INFO\"", $"\"{name}\"")
        );

        Assert.Equal(4, added["added"]!.GetValue<int>());
        var events = (await EventsAsync(host, task))["events"]!.AsArray();
        Assert.Equal(2, events.Count(one => one!["metric"]?.GetValue<string>() == "a\ufffdb"));
        Assert.Equal("said a\ufffdb", events[^1]!["msg"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_plot_of_ten_megabytes_comes_back_whole()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var figure = new string('7', 10 << 20);

        await AddAsync(host, Plot(task, "big", "x", 0).Replace("{}", figure));
        var plots = await host.Api.DataAsync("events.get_task_plots", $$"""{"task":"{{task}}"}""");

        Assert.Equal(figure, plots["plots"]![0]!["plot_str"]!.GetValue<string>());
    }

    [Fact]
    public async Task More_metrics_than_any_training_has_are_refused_and_the_known_ones_go_on()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await AddAsync(host, Scalar(task, "loss", "train", 0, "1"));
        foreach (var names in Enumerable.Range(1, Tracking.Series.Series.MostOfOwner - 1).Chunk(5_000))
        {
            await AddAsync(host, [.. names.Select(name => Scalar(task, $"m{name}", "x", 0, "1"))]);
        }

        var data = await AddAsync(
            host,
            Scalar(task, "one too many", "x", 0, "1"),
            Scalar(task, "loss", "train", 1, "2")
        );

        Assert.Equal((1, 1), (data["added"]!.GetValue<int>(), data["errors"]!.GetValue<int>()));
        Assert.Contains("20000", data["errors_info"]!.ToJsonString(), StringComparison.Ordinal);
        var loss = await host.Api.DataAsync(
            "events.scalar_metrics_iter_histogram",
            $$"""{"task":"{{task}}","metrics":[{"metric":"loss"}]}"""
        );
        Assert.Equal("[0,1]", loss["loss"]!["train"]!["x"]!.ToJsonString());
    }

    [Fact]
    public async Task A_compressed_request_is_refused_before_it_is_unpacked()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[64 << 20]);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2.23/events.add_batch");
        request.Content = new ByteArrayContent(bomb.ToArray());
        request.Content.Headers.ContentEncoding.Add("gzip");
        var reply = await host.Api.SendAsync(request);

        Assert.Equal(400, reply.Code);
        Assert.Contains("Content-Encoding", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_the_reason()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var line = Log(task, new string('x', 1 << 20), 1);

        var reply = await host.Api.CallAsync("events.add_batch", string.Join('\n', Enumerable.Repeat(line, 33)));

        Assert.Equal(400, reply.Code);
        Assert.Contains("bytes", reply.Message, StringComparison.Ordinal);
        Assert.Empty((await EventsAsync(host, task))["events"]!.AsArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Lines_as_clients_rarely_write_them_mean_the_same(int seed)
    {
        await using var host = await ClearMLHost.StartAsync();
        var (usual, rare) = (await host.Api.CreateTaskAsync(), await host.Api.CreateTaskAsync());
        var random = new Random(seed);
        var (plain, odd) = (new List<string>(), new List<string>());
        for (var step = 0; step < 200; step++)
        {
            var value = (random.NextDouble() - 0.5).ToString("R", CultureInfo.InvariantCulture);
            plain.Add(Scalar(usual, "loss", "train", step, value, step));
            odd.Add(Oddly(random, Scalar(rare, "loss", "train", step, value, step)));
        }

        await AddAsync(host, [.. plain]);
        await AddAsync(host, [.. odd]);

        Assert.Equal(await CurvesAsync(host, usual), await CurvesAsync(host, rare));
    }

    /// <summary>What is left to read; nothing where the server resets the connection.</summary>
    private static async Task<string> RestAsync(Stream stream)
    {
        try
        {
            return await new StreamReader(stream).ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The same event, written in another way.</summary>
    private static string Oddly(Random random, string line) =>
        random.Next(6) switch
        {
            0 => line.Replace("training_stats_scalar", "training stats scalar"),
            1 => line.Replace("\"loss\"", "\"l\\u006fss\""),
            2 => line.Replace("\"method\":\"get\"", "\"more\":{\"NaN\":[1,{}]},\"variant\\u0000\":null"),
            3 => line.Replace("\"metric\":", "\"model_event\":null,\"metric\":"),
            4 => "  " + line.Replace(",", " , ") + " \r",
            _ => line.Replace("\"timestamp\":", "\"ts\":"),
        };

    private static async Task<string> CurvesAsync(ClearMLHost host, string task) =>
        (
            await host.Api.DataAsync(
                "events.scalar_metrics_iter_histogram",
                $$"""{"task":"{{task}}","key":"timestamp"}"""
            )
        ).ToJsonString();

    private static async Task<string> EverythingAsync(ClearMLHost host, string task)
    {
        var (events, last) = (await EventsAsync(host, task), await host.Api.TaskAsync(task));
        events.Remove("scroll_id");
        return events.ToJsonString() + last["last_metrics"]!.ToJsonString();
    }

    private static Task<JsonObject> EventsAsync(ClearMLHost host, string task) =>
        host.Api.DataAsync("events.get_task_events", $$"""{"task":"{{task}}","batch_size":10000}""");
}
