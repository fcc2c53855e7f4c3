using System.Net;
using System.Text;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Logs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Tests.Runs;

/// <summary>What a run logged: its curves, its console, its files; and several runs side by side.</summary>
public sealed class RunContentTests
{
    [Fact]
    public async Task A_long_curve_has_bounds_and_its_parts_are_exact()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0);
        var points = Enumerable.Range(0, 1000).Select(step => new Point("a", "b", step, step, step % 2));
        await host.Rooms.Series.AppendAsync(WebHost.Internal, run, [.. points], default);

        var whole = await LoggedRuns.AskAsync(host, $"/api/curves?run={run}&key=a/b&samples=10");
        Assert.Equal([0, 0, 1], [Number(whole, "y") - 0.5, Number(whole, "low"), Number(whole, "high")]);

        var part = await LoggedRuns.AskAsync(host, $"/api/curves?run={run}&key=a/b&from=500&to=509&samples=2000");
        Assert.Equal(Enumerable.Range(500, 10), part["curves"]![0]!["x"]!.AsArray().Select(x => (int)x!));
        Assert.Null(part["curves"]![0]!["low"]);
    }

    [Fact]
    public async Task A_console_is_read_by_places_searched_as_a_whole_and_kept_as_a_file()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0);
        var lines = Enumerable.Range(0, 50).Select(at => new LogLine { TimestampMs = at, Text = $"line {at}" });
        await host.Rooms.Logs.AppendAsync(WebHost.Internal, run, [.. lines], default);

        var slice = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/log?from=10&count=2");
        Assert.Equal(50, (int)slice["total"]!);
        Assert.Equal(["line 10", "line 11"], slice["lines"]!.AsArray().Select(line => (string?)line!["text"]));
        var found = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/log/find?q=line 4");
        Assert.Equal([4, 40, 41], found["lines"]!.AsArray().Take(3).Select(line => (int)line!["number"]!));
        var file = await host.Client.GetStringAsync($"/api/runs/{run}/log.txt");
        Assert.EndsWith("line 48\nline 49\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logged_page_can_run_nothing_and_reach_nothing()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0);
        await PutAsync(host, run, "notes/page.html", "<script>alert(1)</script>");

        using var answer = await host.Client.GetAsync($"/api/runs/{run}/files/notes/page.html");

        Assert.Equal("<script>alert(1)</script>", await answer.Content.ReadAsStringAsync());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Files_are_listed_by_folder_and_sent_in_ranges()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0);
        await PutAsync(host, run, "notes/a.txt", "0123456789");

        var top = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/files");
        Assert.Equal("notes", (string?)top["files"]![0]!["name"]);
        var folder = await LoggedRuns.AskAsync(host, $"/api/runs/{run}/files?path=notes");
        Assert.Equal(("notes/a.txt", 10), ((string?)folder["files"]![0]!["path"], (int)folder["files"]![0]!["size"]!));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{run}/files/notes/a.txt");
        request.Headers.Range = new(2, 4);
        using var part = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("234", await part.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("files/nothing")]
    [InlineData("files/..%2f..%2fother")]
    [InlineData("artifacts/nothing")]
    public async Task A_file_that_a_run_has_not_is_not_found(string path)
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0);
        using var answer = await host.Client.GetAsync($"/api/runs/{run}/{path}");
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Runs_are_compared_in_the_order_that_was_asked_for()
    {
        await using var host = await WebHost.StartAsync();
        var one = await LoggedRuns.CreateAsync(host, "one", 0.5);
        var three = await LoggedRuns.CreateAsync(host, "three", 0.25);

        var compared = await LoggedRuns.AskAsync(
            host,
            $"/api/compare?run={three}&run={one}&run=00000000000040008000000000000000"
        );

        var runs = compared["runs"]!.AsArray();
        Assert.Equal(["three", "one"], runs.Select(run => (string?)run!["run"]!["name"]));
        Assert.Equal([0.25, 0.5], runs.Select(run => (double)run!["metrics"]![0]!["last"]!));
    }

    private static double Number(System.Text.Json.Nodes.JsonObject curves, string name) =>
        (double)curves["curves"]![0]![name]![0]!;

    private static async Task PutAsync(WebHost host, RunId run, string path, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var put = await host.Rooms.Artifacts.PutAsync(
            WebHost.Internal,
            ArtifactSpaces.MLflow,
            $"0/{run}/artifacts/{path}",
            content,
            run,
            default
        );
        Assert.True(put.IsOk, put.Error?.Message);
    }
}
