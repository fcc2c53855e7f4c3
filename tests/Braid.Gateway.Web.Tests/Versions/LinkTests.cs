using Braid.Gateway.Web.Tests.PipelineViews;

namespace Braid.Gateway.Web.Tests.Versions;

/// <summary>From commits to jobs and runs, and back.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task An_output_leads_to_its_job_the_job_to_its_run_and_the_run_to_what_it_reads_and_makes()
    {
        await using var host = await PipelineCalls.StartAsync(PipelineCalls.Edges);
        const string repos = "/api/data/repos/default";

        var output = (await host.GetAsync($"{repos}/edges/commits"))["commits"]![0]!;
        Assert.Equal(("edges", $"{output["id"]}"), ($"{output["job"]?["pipeline"]}", $"{output["job"]?["id"]}"));
        var run = await host.GetAsync($"/api/runs/{output["job"]!["run"]}");
        Assert.Equal(("edges", $"{output["id"]}"), ($"{run["job"]?["pipeline"]}", $"{run["outputs"]?[0]?["commit"]}"));
        var input = await host.GetAsync($"{repos}/images/commits/{run["inputs"]![0]!["commit"]}");
        Assert.Equal($"{run["run"]!["id"]}", $"{input["readBy"]?[0]?["id"]}");
        Assert.Contains(input["makes"]!.AsArray(), one => $"{one!["commit"]}" == $"{output["id"]}");
        var made = await host.GetAsync($"{repos}/edges/commits/{output["id"]}");
        Assert.Contains(made["madeFrom"]!.AsArray(), one => $"{one!["repo"]}" == "images");
        Assert.False((bool)made["mayWrite"]!);
    }

    [Fact]
    public async Task A_commit_is_found_by_the_beginning_of_its_id()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var id = await repo.PutAsync("master", ("/a", "1"));
        var found = await repo.OkAsync(repo.Host.Client.GetAsync($"/api/find?q={id[..6].ToUpperInvariant()}"));
        var commit = found["found"]!.AsArray().Single(one => (string?)one!["kind"] == "commit")!;
        Assert.Equal(
            ($"/data/default/images/{id}", "default/images"),
            ((string?)commit["path"], (string?)commit["hint"])
        );
    }
}
