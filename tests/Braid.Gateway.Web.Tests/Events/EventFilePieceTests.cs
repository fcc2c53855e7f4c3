using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Xunit.Abstractions;
using static Braid.Gateway.Web.Tests.Events.EventFileCalls;

namespace Braid.Gateway.Web.Tests.Events;

/// <summary>Event files that are sent in whatever pieces, by whomever, and those that are refused.</summary>
public sealed class EventFilePieceTests(ITestOutputHelper output)
{
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
}
