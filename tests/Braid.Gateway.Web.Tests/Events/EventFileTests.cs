using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Xunit.Abstractions;

namespace Braid.Gateway.Web.Tests.Events;

/// <summary>Event files that are sent, in whatever pieces, and what is in the run afterwards.</summary>
public sealed class EventFileTests(ITestOutputHelper output)
{
    private const string tbx = "tbx_run/events.out.tfevents.1700000000.tracelet-fixture";
    private const string torch = "torch_run/events.out.tfevents.1700001000.tracelet-fixture.4242.0";
    private const string v2 = "v2_run/train/events.out.tfevents.1700002000.tracelet-fixture.4242.2.v2";
    private const string trial = "tbx_run/trial_1/events.out.tfevents.1700000080.tracelet-fixture";
    private const string first = "restart_run/events.out.tfevents.1700003000.tracelet-fixture";
    private const string second = "restart_run/events.out.tfevents.1700003100.tracelet-fixture";
    private const string name = "events.out.tfevents.1.host";

    [Fact]
    public async Task Scalars_become_points_with_the_steps_and_times_of_the_file()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var answer = await SendAsync(host, run, name, Bytes(tbx));
        Assert.Equal(Bytes(tbx).Length, (long)answer["next_offset"]!);
        Assert.Equal(0, (long)answer["damaged"]!);
        Assert.Equal((1_700_000_000_000, 1_700_000_060_000), ((long)answer["first_ms"]!, (long)answer["last_ms"]!));

        var losses = await HistoryAsync(host, run, new("loss", "train"));
        Assert.Equal(Enumerable.Range(0, 10).Select(step => (long)step), losses.Select(point => point.Step));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(step => (double)(1f / (step + 1))),
            losses.Select(point => point.Value)
        );
        Assert.Equal(
            Enumerable.Range(0, 10).Select(step => 1_700_000_000_000 + (step * 1000L)),
            losses.Select(point => point.TimestampMs)
        );
        var special = await HistoryAsync(host, run, new("edge", "special"));
        Assert.Equal(
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 3.4e38f, -0d],
            special.Select(point => point.Value)
        );
        Assert.Equal(-1, Assert.Single(await HistoryAsync(host, run, new("edge", "negative_step"))).Step);
        Assert.Equal(1L << 40, Assert.Single(await HistoryAsync(host, run, new("edge", "large_step"))).Step);
    }

    [Fact]
    public async Task A_subdirectory_is_part_of_the_names()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(
            host,
            run,
            $"compare/a/{name}",
            Bytes("tbx_run/compare/a/events.out.tfevents.1700000000.tracelet-fixture")
        );
        await SendAsync(
            host,
            run,
            $"compare/b/{name}",
            Bytes("tbx_run/compare/b/events.out.tfevents.1700000000.tracelet-fixture")
        );
        Assert.Equal(
            [0d, 1, 2],
            (await HistoryAsync(host, run, SeriesName.FromKey("compare/a/compare"))).Select(p => p.Value)
        );
        Assert.Equal(
            [0d, 2, 4],
            (await HistoryAsync(host, run, SeriesName.FromKey("compare/b/compare"))).Select(p => p.Value)
        );
    }

    [Fact]
    public async Task Histograms_and_curves_become_figures_and_images_and_sounds_files()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, name, Bytes(v2));
        var answer = await SendAsync(host, run, "tbx/" + name, Bytes(tbx));
        Assert.Equal((4, 3), ((long)answer["plots"]!, (long)answer["samples"]!));

        var histogram = await FigureAsync(host, run, new("h", "h"));
        Assert.Equal("bar", (string?)histogram["type"]);
        Assert.Equal([0.125, 0.375, 0.625, 0.875], histogram["x"]!.AsArray().Select(x => (double)x!));
        Assert.Equal([4d, 0, 0, 2], histogram["y"]!.AsArray().Select(y => (double)y!));
        var curve = await FigureAsync(host, run, SeriesName.FromKey("tbx/pr"));
        Assert.Equal((11, 11), (curve["x"]!.AsArray().Count, curve["text"]!.AsArray().Count));

        var samples = await PlotsAsync(host, run, PlotKind.DebugSample);
        Assert.Equal(
            [
                ("img", "img"),
                ("img", "img_1"),
                ("snd", "snd"),
                ("tbx", "pics/gray"),
                ("tbx", "pics/grid"),
                ("tbx", "pics/rgb"),
            ],
            samples.Select(sample => (sample.Metric, sample.Variant)).Order()
        );
        foreach (var sample in samples)
        {
            var url = new Uri((string)JsonNode.Parse(sample.Content)!["url"]!);
            Assert.Equal(WebHost.ClearML.Files, url.Port);
            var artifacts = new Tracking.Artifacts.Artifacts(host.Rooms.Database, host.Content, TimeProvider.System);
            var file = await artifacts.OpenAddressAsync(WebHost.Internal, url.ToString(), default);
            await using var content = file.Value.Content;
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            var start = url.AbsolutePath.EndsWith(".wav", StringComparison.Ordinal)
                ? "RIFF"u8
                : [0x89, (byte)'P', (byte)'N', (byte)'G'];
            Assert.True(bytes.GetBuffer().AsSpan(0, 4).SequenceEqual(start));
            Assert.Equal(run, file.Value.File.Run);
        }
    }

    [Fact]
    public async Task Texts_become_lines_and_hyperparameters_parameters()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, name, Bytes(v2));
        await SendAsync(host, run, $"trial_1/{name}", Bytes(trial));
        var lines = (await host.Rooms.Logs.ReadAsync(WebHost.Internal, run, new(), default)).Value;
        Assert.Equal(
            ["t0, step 0: scalar string", "t1, step 0: one\ntwo", "t2, step 0: a | b\nc | d", "old style log"],
            lines.Select(line => line.Text)
        );
        Assert.Equal("WARNING", lines[^1].Level);
        var parameters = (await host.Rooms.Runs.GetAsync(WebHost.Internal, run, RunParts.All, default))
            .Value
            .Parameters;
        Assert.Equal(
            [
                ("lr", "0.02"),
                ("nesterov", "True"),
                ("opt", "sgd"),
                ("trial_1/amp", "True"),
                ("trial_1/batch", "32"),
                ("trial_1/lr", "0.01"),
                ("trial_1/opt", "adam"),
            ],
            parameters
                .Where(parameter => parameter.Section == "General")
                .Select(parameter => (parameter.Name, parameter.Value))
        );
    }

    [Fact]
    public async Task What_is_not_shown_anywhere_is_counted()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var answer = await SendAsync(host, run, name, Bytes(torch));
        Assert.Equal(3, (long)answer["left_out"]!); // the points, faces and colours of a mesh
    }

    [Fact]
    public async Task Steps_that_are_taken_again_keep_all_their_points()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, "events.out.tfevents.1.host", Bytes(first));
        await SendAsync(host, run, "events.out.tfevents.2.host", Bytes(second));
        var losses = await HistoryAsync(host, run, new("loss", "loss"));
        Assert.Equal(18, losses.Count);
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 10, 11, 12], losses.Select(point => point.Step));
    }

    [Fact]
    public async Task Pieces_of_any_lengths_sent_more_than_once_come_to_the_same()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        var random = new Random(seed);
        await using var host = await WebHost.StartAsync();
        var whole = await CreateRunAsync(host);
        var pieces = await CreateRunAsync(host);
        foreach (var path in new[] { tbx, torch, v2, first })
        {
            var bytes = Bytes(path);
            var expected = await SendAsync(host, whole, $"{path}", bytes);
            for (long wanted = 0, to = 0; wanted < bytes.Length; )
            {
                // A record may be longer than a piece: then more of it is sent from its start.
                to = Math.Min(bytes.Length, Math.Max(wanted, to) + 1 + random.Next(bytes.Length / 5));
                var from = Math.Max(0, wanted - random.Next(200));
                var answer = await SendAsync(host, pieces, path, bytes[(int)from..(int)to], from);
                var next = (long)answer["next_offset"]!;
                Assert.InRange(next, wanted, to);
                wanted = next;
            }

            var again = await SendAsync(host, pieces, path, bytes);
            Assert.Equal(expected.ToJsonString(), again.ToJsonString());
        }

        Assert.Equal(await SummaryAsync(host, whole), await SummaryAsync(host, pieces));
    }

    [Fact]
    public async Task A_piece_with_a_gap_before_it_is_not_taken()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        Assert.Equal(0, (long)(await SendAsync(host, run, name, Bytes(first)[80..], 80))["next_offset"]!);
        Assert.Equal(80, (long)(await SendAsync(host, run, name, Bytes(first)[..100]))["next_offset"]!);
        Assert.Equal(80, (long)(await SendAsync(host, run, name, Bytes(first)[122..], 122))["next_offset"]!);
        Assert.Single(await HistoryAsync(host, run, new("loss", "loss")));
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_taken_from_its_start()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, name, Bytes(first));
        var answer = await SendAsync(host, run, name, Bytes(second));
        Assert.Equal((Bytes(second).Length, 8L), ((long)answer["next_offset"]!, (long)answer["points"]!));
        Assert.Equal(18, (await HistoryAsync(host, run, new("loss", "loss"))).Count);
    }

    [Fact]
    public async Task What_a_tag_means_is_remembered_between_pieces()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var bytes = Bytes(v2);
        await SendAsync(host, run, name, bytes[..163]);
        await SendAsync(host, run, name, bytes[163..], 163);
        Assert.Equal([0L, 1, 2, 3], (await HistoryAsync(host, run, new("loss", "loss"))).Select(point => point.Step));
    }

    [Fact]
    public async Task Damage_is_counted_and_a_damaged_length_ends_the_file()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        var damaged = await SendAsync(host, run, "a.tfevents", Bytes("damaged/bad_data_crc.tfevents"));
        Assert.Equal((11L, 1L, false), ((long)damaged["records"]!, (long)damaged["damaged"]!, (bool)damaged["dead"]!));
        var dead = await SendAsync(host, run, "b.tfevents", Bytes("damaged/bad_length_crc.tfevents"));
        Assert.Equal((164L, true), ((long)dead["next_offset"]!, (bool)dead["dead"]!));
        var again = await SendAsync(host, run, "b.tfevents", Bytes(first)[164..], 164);
        Assert.Equal(164L, (long)again["next_offset"]!);
        var zeros = await SendAsync(host, run, "c.tfevents", Bytes("damaged/zero_tail.tfevents"));
        Assert.Equal((458L, false), ((long)zeros["next_offset"]!, (bool)zeros["dead"]!));
        var listed = await host.Client.GetFromJsonAsync<JsonObject>($"/api/runs/{run}/events");
        Assert.Equal(
            ["a.tfevents", "b.tfevents", "c.tfevents"],
            listed!["files"]!.AsArray().Select(file => (string?)file!["path"])
        );
    }

    [Fact]
    public async Task Two_who_send_the_same_file_double_nothing()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        using var gate = new Barrier(4);
        var senders = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(async () =>
                {
                    gate.SignalAndWait();
                    using var answer = await PutAsync(host, run, name, Bytes(tbx), 0);
                    Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Conflict]);
                })
            );
        await Task.WhenAll(senders);
        var answer = await SendAsync(host, run, name, Bytes(tbx));
        Assert.Equal(Bytes(tbx).Length, (long)answer["next_offset"]!);
        Assert.Equal(10, (await HistoryAsync(host, run, new("loss", "train"))).Count);
        Assert.Equal(2, (await host.Rooms.Logs.ReadAsync(WebHost.Internal, run, new(), default)).Value.Count);
    }

    [Fact]
    public async Task A_run_that_was_reset_is_fed_from_the_start()
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        await SendAsync(host, run, name, Bytes(first));
        await host.Rooms.Runs.ResetAsync(
            WebHost.Internal,
            run,
            force: true,
            Tracking.Artifacts.StoredFiles.Go,
            default
        );
        Assert.Equal(10, (long)(await SendAsync(host, run, name, Bytes(first)))["points"]!);
        Assert.Equal(10, (await HistoryAsync(host, run, new("loss", "loss"))).Count);
    }

    [Fact]
    public async Task A_job_feeds_its_own_run_only()
    {
        await using var host = await WebHost.StartAsync(open: false);
        var (own, other) = (await CreateRunAsync(host), await CreateRunAsync(host));
        var job = new Caller.Job(own, new(IdSource.System.Next()), "attempt", new HashSet<string>());
        var keys = await host.Rooms.Database.WriteAsync(
            db => host.Rooms.Authenticator.IssueForJobAsync(db, job),
            default
        );
        using var stranger = await PutAsync(host, own, name, Bytes(first), 0);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);

        SignIn(host, keys);
        Assert.Equal(10, (long)(await SendAsync(host, own, name, Bytes(first)))["points"]!);
        using var refused = await PutAsync(host, other, name, Bytes(first), 0);
        Assert.Contains(refused.StatusCode, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.NotFound]);

        SignIn(host, new("", ""));
        using var wrong = await PutAsync(host, own, name, Bytes(first), 0);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Theory]
    [InlineData("notes.txt", "0")]
    [InlineData("a//b.tfevents", "0")]
    [InlineData("%2e%2e/b.tfevents", "0")]
    [InlineData("a/..%2Fb%0A.tfevents", "0")]
    [InlineData("a.tfevents", "-1")]
    [InlineData("a.tfevents", "x")]
    public async Task What_is_no_path_or_no_offset_is_refused(string path, string offset)
    {
        await using var host = await WebHost.StartAsync();
        var run = await CreateRunAsync(host);
        using var answer = await host.Client.PutAsync(
            $"/api/runs/{run}/events/{path}?offset={offset}",
            new ByteArrayContent([])
        );
        Assert.Contains(
            answer.StatusCode,
            (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed]
        );
    }

    private static byte[] Bytes(string path) =>
        File.ReadAllBytes(Repository.PathOf("tests", "Braid.TensorBoard.Tests", "Data", "tfevents", path));

    private static async Task<RunId> CreateRunAsync(WebHost host)
    {
        var run = new NewRun
        {
            Protocol = "braid",
            Name = "train",
            Status = RunStatus.InProgress,
        };
        return (await host.Rooms.Runs.CreateAsync(WebHost.Internal, run, default)).Value.Id;
    }

    private static async Task<JsonObject> SendAsync(WebHost host, RunId run, string path, byte[] bytes, long offset = 0)
    {
        using var answer = await PutAsync(host, run, path, bytes, offset);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static Task<HttpResponseMessage> PutAsync(
        WebHost host,
        RunId run,
        string path,
        byte[] bytes,
        long offset
    ) =>
        host.Client.PutAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/runs/{run}/events/{path}?offset={offset}"),
            new ByteArrayContent(bytes)
        );

    private static void SignIn(WebHost host, KeyPair keys) =>
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"))
        );

    private static async Task<IReadOnlyList<Sample>> HistoryAsync(WebHost host, RunId run, SeriesName series) =>
        (await host.Rooms.Series.HistoryAsync(WebHost.Internal, run, series, HistoryPage.All, default)).Value.Items;

    private static async Task<IReadOnlyList<PlotEvent>> PlotsAsync(WebHost host, RunId run, PlotKind kind) =>
        (
            await new Plots(host.Rooms.Database, TimeProvider.System).ListAsync(
                WebHost.Internal,
                new([run], kind),
                default
            )
        )
            .Value
            .Items;

    private static async Task<JsonObject> FigureAsync(WebHost host, RunId run, SeriesName series)
    {
        var plot = Assert.Single(
            await PlotsAsync(host, run, PlotKind.Plot),
            one => (one.Metric, one.Variant) == (series.Metric, series.Variant)
        );
        var figure = JsonNode.Parse((string)JsonNode.Parse(plot.Content)!["plot_str"]!);
        return figure!["data"]![0]!.AsObject();
    }

    /// <summary>What is in a run, apart from its id.</summary>
    private static async Task<string> SummaryAsync(WebHost host, RunId run)
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
