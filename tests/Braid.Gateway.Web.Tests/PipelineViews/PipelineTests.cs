using System.Net;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests.PipelineViews;

/// <summary>Looking at pipelines, making them and what is done with them.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task The_list_says_what_each_pipeline_reads_and_how_it_stands()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges, PipelineCalls.Montage);
        var answer = await host.GetAsync("/api/pipelines");
        Assert.Equal("""["default"]""", answer["projects"]?.ToJsonString());
        var pipelines = Assert.IsType<JsonArray>(answer["pipelines"]);
        Assert.Equal(["edges", "montage"], pipelines.Select(one => $"{one?["name"]}"));
        var (edges, montage) = (pipelines[0], pipelines[1]);
        Assert.Equal(("running", "finds edges"), ($"{edges?["state"]}", $"{edges?["description"]}"));
        Assert.Equal("starting", $"{edges?["job"]?["state"]}");
        Assert.Equal(1, (int?)edges?["unfinished"]);
        Assert.Equal($"{edges?["job"]?["created"]}", $"{edges?["behindSince"]}");
        Assert.Equal(
            """{"name":"edges","project":"default","repo":"edges","branch":"master","glob":"/","cron":null}""",
            montage?["inputs"]?[0]?.ToJsonString()
        );
        Assert.Equal("@never", $"{montage?["inputs"]?[1]?["cron"]}");
    }

    [Fact]
    public async Task The_list_of_another_project_has_none_of_them()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        Assert.Equal(0, (int?)(await host.GetAsync("/api/pipelines?project=other"))["count"]);
        Assert.Equal(1, (int?)(await host.GetAsync("/api/pipelines?project=default"))["count"]);
    }

    [Fact]
    public async Task A_pipeline_has_the_spec_of_each_of_its_versions()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        var changed = PipelineCalls.Edges.Replace("finds edges", "finds more", StringComparison.Ordinal);
        await host.SendAsync(HttpMethod.Put, "/api/pipelines", $$"""{"spec": {{changed}}, "update": true}""");
        var newest = await host.GetAsync("/api/pipelines/default/edges");
        Assert.Equal([2L, 1L], (newest["versions"] as JsonArray ?? []).Select(one => (long?)one?["version"] ?? 0));
        Assert.Equal("finds more", $"{newest["userSpec"]?["description"]}");
        Assert.Equal("3", $"{newest["spec"]?["datumTries"]}");
        var first = await host.GetAsync("/api/pipelines/default/edges?version=1");
        Assert.Equal("finds edges", $"{first["spec"]?["description"]}");
        Assert.Equal(2, (long?)first["newest"]);
        Assert.Equal(
            "web.no-such-version",
            $"{(await host.SendAsync(HttpMethod.Get, "/api/pipelines/default/edges?version=7", status: HttpStatusCode.NotFound))["code"]}"
        );
    }

    [Fact]
    public async Task A_dry_run_is_refused_where_the_spec_would_be_and_changes_nothing()
    {
        await using var host = await PipelineCalls.StartAsync();
        var good = $$"""{"spec": {{PipelineCalls.Edges}}, "dryRun": true}""";
        Assert.Equal(1, (long?)(await host.SendAsync(HttpMethod.Put, "/api/pipelines", good))["version"]);
        Assert.Equal(0, (int?)(await host.GetAsync("/api/pipelines"))["count"]);
        var bad = good.Replace("\"images\"", "\"nowhere\"", StringComparison.Ordinal);
        var refused = await host.SendAsync(HttpMethod.Put, "/api/pipelines", bad, HttpStatusCode.NotFound);
        Assert.Contains("nowhere", $"{refused["message"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "web.bad-body")]
    [InlineData("{", "web.bad-body")]
    [InlineData("{}", "web.no-spec")]
    [InlineData("""{"spec": {"pipeline": {"name": "a"}, "glop": 1}}""", "pipelines.invalid-spec")]
    public async Task What_is_no_spec_is_refused(string body, string code)
    {
        await using var host = await PipelineCalls.StartAsync();
        var refused = await host.SendAsync(HttpMethod.Put, "/api/pipelines", body, HttpStatusCode.BadRequest);
        Assert.Equal(code, $"{refused["code"]}");
    }

    [Fact]
    public async Task A_form_of_another_site_changes_nothing()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        var refused = await host.SendAsync(
            HttpMethod.Post,
            "/api/pipelines/default/edges/stop",
            "{}",
            HttpStatusCode.BadRequest,
            "text/plain"
        );
        Assert.Equal("web.bad-body", $"{refused["code"]}");
        Assert.Equal("running", $"{(await host.GetAsync("/api/pipelines/default/edges"))["state"]}");
    }

    [Fact]
    public async Task Pipelines_are_stopped_started_run_again_and_deleted()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        const string edges = "/api/pipelines/default/edges";
        await host.SendAsync(HttpMethod.Post, $"{edges}/stop");
        Assert.Equal("paused", $"{(await host.GetAsync(edges))["state"]}");
        Assert.Equal("killed", $"{(await host.GetAsync($"{edges}/jobs"))["jobs"]?[0]?["state"]}");
        await host.SendAsync(HttpMethod.Post, $"{edges}/start");
        await host.SendAsync(HttpMethod.Post, $"{edges}/rerun", """{"reprocess": true}""");
        var again = await host.GetAsync(edges);
        Assert.Equal(("running", 2L), ($"{again["state"]}", (long?)again["version"]));
        await host.SendAsync(HttpMethod.Post, $"{edges}/tick", status: HttpStatusCode.Conflict);
        await host.SendAsync(HttpMethod.Delete, edges);
        await host.SendAsync(HttpMethod.Delete, edges, status: HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("DGE", "/pipelines/default/edges")]
    [InlineData("%25", "")]
    [InlineData("_", "")]
    public async Task A_pipeline_is_found_by_a_part_of_its_name(string text, string path)
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        var found = (await host.GetAsync($"/api/find?q={text}"))["found"] as JsonArray ?? [];
        var pipelines = found.Where(one => $"{one?["kind"]}" == "pipeline").Select(one => $"{one?["path"]}");
        Assert.Equal(path, string.Join(' ', pipelines));
    }

    [Fact]
    public async Task A_tick_makes_a_job()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges, PipelineCalls.Montage);
        const string montage = "/api/pipelines/default/montage";
        var before = (await host.GetAsync($"{montage}/jobs"))["jobs"] as JsonArray ?? [];
        await host.SendAsync(HttpMethod.Post, $"{montage}/tick");
        Assert.Equal(before.Count + 1, ((await host.GetAsync($"{montage}/jobs"))["jobs"] as JsonArray)?.Count);
    }

    [Fact]
    public async Task A_change_is_told_to_who_listens()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var stream = await host.Client.GetStreamAsync("/api/pipelines/live", deadline.Token);
        using var reader = new StreamReader(stream);
        await host.SendAsync(HttpMethod.Post, "/api/pipelines/default/edges/stop");
        Assert.Equal("event: changed", await reader.ReadLineAsync(deadline.Token));
    }
}
