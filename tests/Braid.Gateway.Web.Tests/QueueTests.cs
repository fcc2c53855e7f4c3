using System.Net;
using Braid.Gateway.Web.Tests.Runs;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Tests;

/// <summary>ClearML's queues, as the page shows and reorders them.</summary>
public sealed class QueueTests
{
    [Theory]
    [InlineData("GET", "/api/queues")]
    [InlineData("GET", "/api/queues/00000000000000000000000000000001")]
    [InlineData("GET", "/api/shares/fair")]
    public async Task Nobody_unknown_sees_them(string method, string path)
    {
        await using var host = await WebHost.StartAsync(open: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(method, path)).Status);
    }

    [Fact]
    public async Task A_run_is_moved_to_the_ends_by_places_and_out_of_its_queue()
    {
        await using var host = await WebHost.StartAsync();
        var (queue, runs) = await FilledAsync(host, "a", "b", "c", "d");
        await MoveAsync(host, queue, runs[3], """{"to": "front"}""");
        Assert.Equal("d a b c", await NamesAsync(host, queue));
        await MoveAsync(host, queue, runs[0], """{"to": "backward", "count": 2}""");
        Assert.Equal("d b c a", await NamesAsync(host, queue));
        await MoveAsync(host, queue, runs[2], """{"to": "forward"}""");
        await MoveAsync(host, queue, runs[3], """{"to": "back"}""");
        Assert.Equal("c b a d", await NamesAsync(host, queue));
        await host.OkAsync("DELETE", $"/api/queues/{queue}/runs/{runs[1]}");
        Assert.Equal("c a d", await NamesAsync(host, queue));
        var run = await host.Rooms.Runs.GetAsync(WebHost.Internal, runs[1], RunParts.None, default);
        Assert.Equal(RunStatus.Created, run.Value.Status);
        var listed = await host.OkAsync("GET", "/api/queues");
        Assert.Equal(3, (int?)Assert.Single(listed["queues"]!.AsArray())!["waiting"]);
    }

    [Fact]
    public async Task A_queue_shows_as_many_as_were_asked_for_and_whose_share_it_is()
    {
        await using var host = await WebHost.StartAsync();
        await host.OkAsync("POST", "/api/shares", """{"name": "team", "queue": "gpu"}""");
        var (queue, _) = await FilledAsync(host, "a", "b");
        var shown = await host.OkAsync("GET", $"/api/queues/{queue}?limit=1");
        Assert.Equal((2, "team"), ((int?)shown["waiting"], (string?)shown["share"]));
        Assert.Single(shown["entries"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"to": "sideways"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"to": "front", "by": 1}""", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    public async Task A_move_that_is_none_is_refused(string body, HttpStatusCode status)
    {
        await using var host = await WebHost.StartAsync();
        var (queue, runs) = await FilledAsync(host, "a");
        var (refused, _) = await host.SendAsync("POST", $"/api/queues/{queue}/runs/{runs[0]}/move", body);
        Assert.Equal(status, refused);
    }

    [Fact]
    public async Task A_share_has_a_right_to_its_quota_of_what_it_asks_for()
    {
        await using var host = await WebHost.StartAsync();
        await host.OkAsync("POST", "/api/shares", """{"name": "team", "terms": {"gpu": {"quota": 2}}}""");
        var shares = (await host.OkAsync("GET", "/api/shares/fair"))["shares"]!.AsArray();
        var team = Assert.Single(shares, share => (string?)share!["name"] == "team")!;
        Assert.NotNull(team["fair_share"]!["gpus"]);
        Assert.NotNull(team["fair_share"]!["cpu_millicores"]);
    }

    private static async Task<(QueueId Queue, RunId[] Runs)> FilledAsync(WebHost host, params string[] names)
    {
        var choice = new QueueChoice.ByName("gpu");
        var runs = new List<RunId>();
        foreach (var name in names)
        {
            var run = await LoggedRuns.CreateAsync(host, name, 1);
            var change = new StatusChange(RunStatus.Created) { Force = true };
            await host.Rooms.Runs.SetStatusAsync(WebHost.Internal, run, change, default);
            var queued = await host.Rooms.Waiting.EnqueueAsync(
                WebHost.Internal,
                run,
                choice,
                new(RunStatus.Queued),
                default
            );
            Assert.True(queued.IsOk, queued.Error?.Message);
            runs.Add(run);
        }

        var queues = await host.Rooms.Queues.ListAsync(WebHost.Internal, new(), default);
        return (queues.Value.Items.Single(queue => queue.Name == "gpu").Id, [.. runs]);
    }

    private static Task MoveAsync(WebHost host, QueueId queue, RunId run, string body) =>
        host.OkAsync("POST", $"/api/queues/{queue}/runs/{run}/move", body);

    private static async Task<string> NamesAsync(WebHost host, QueueId queue)
    {
        var shown = await host.OkAsync("GET", $"/api/queues/{queue}");
        return string.Join(' ', shown["entries"]!.AsArray().Select(entry => (string?)entry!["name"]));
    }
}
