using System.Net;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests.PipelineViews;

/// <summary>Looking at jobs and their datums.</summary>
public sealed class JobTests
{
    private const string jobs = "/api/pipelines/default/edges/jobs";

    [Fact]
    public async Task Jobs_come_page_by_page_the_newest_first()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        await PipelineCalls.CommitAsync(host, "/second");
        await PipelineCalls.CommitAsync(host, "/third");
        var all = IdsOf(await host.GetAsync(jobs));
        Assert.Equal(3, all.Count);
        var first = await host.GetAsync($"{jobs}?limit=2");
        Assert.Equal(all[..2], IdsOf(first));
        var rest = await host.GetAsync($"{jobs}?limit=2&before={Uri.EscapeDataString($"{first["next"]}")}");
        Assert.Equal(all[2..], IdsOf(rest));
        Assert.Null(rest["next"]);
    }

    [Fact]
    public async Task A_job_says_what_it_reads_and_which_others_are_of_its_commit_set()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges, PipelineCalls.Montage);
        await PipelineCalls.CommitAsync(host, "/second");
        var id = IdsOf(await host.GetAsync(jobs))[0];
        var job = await host.GetAsync($"{jobs}/{id}");
        Assert.Equal("default/images", $"{job["inputs"]?[0]?["repo"]}");
        Assert.Equal(["edges", "montage"], (job["set"] as JsonArray ?? []).Select(one => $"{one?["pipeline"]}"));
        Assert.Equal($"{job["run"]}", $"{(await host.GetAsync($"{jobs}/{job["run"]}"))["run"]}");
    }

    [Fact]
    public async Task A_job_is_stopped_and_one_that_is_none_is_refused()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        var id = IdsOf(await host.GetAsync(jobs))[0];
        await host.SendAsync(HttpMethod.Post, $"{jobs}/{id}/stop");
        Assert.Equal("killed", $"{(await host.GetAsync($"{jobs}/{id}"))["state"]}");
        await host.SendAsync(HttpMethod.Post, $"{jobs}/nonsense/stop", status: HttpStatusCode.NotFound);
        await host.SendAsync(HttpMethod.Get, $"{jobs}/nonsense", status: HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("?state=", HttpStatusCode.BadRequest)]
    [InlineData("?state=odd", HttpStatusCode.BadRequest)]
    [InlineData("?state=3", HttpStatusCode.BadRequest)]
    [InlineData("?after=12", HttpStatusCode.BadRequest)]
    [InlineData("?state=failed&state=skipped&limit=5", HttpStatusCode.OK)]
    [InlineData("/12", HttpStatusCode.NotFound)]
    public async Task Questions_about_datums_are_answered_or_refused(string question, HttpStatusCode status)
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        var id = IdsOf(await host.GetAsync(jobs))[0];
        await host.SendAsync(HttpMethod.Get, $"{jobs}/{id}/datums{question}", status: status);
    }

    private static List<string> IdsOf(JsonObject page) =>
        [.. (page["jobs"] as JsonArray ?? []).Select(job => $"{job?["id"]}")];
}
