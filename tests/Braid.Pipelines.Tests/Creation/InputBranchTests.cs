using System.Text.Json.Nodes;

namespace Braid.Pipelines.Tests.Creation;

/// <summary>Inputs that read a branch of the pipeline's own, or do not follow one.</summary>
public sealed class InputBranchTests : IAsyncLifetime
{
    private static readonly CancellationToken none = CancellationToken.None;

    private PipelineWorld? opened;

    private PipelineWorld World => opened ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => opened = await PipelineWorld.OpenAsync();

    public async Task DisposeAsync() => await World.DisposeAsync();

    [Fact]
    public async Task A_trigger_makes_one_job_for_several_commits()
    {
        await World.CreateRepoAsync("images");
        var spec = PipelineWorld.Spec("edges", "true", "images:/*");
        spec["input"]!["pfs"]!["trigger"] = new JsonObject { ["commits"] = 2 };
        await World.CreateAsync(spec);
        var before = await JobsAsync("edges");

        await World.PutAsync("images", ("/a", "1"));
        var afterOne = await JobsAsync("edges");
        await World.PutAsync("images", ("/b", "2"));

        Assert.Equal(before, afterOne);
        Assert.Equal(before + 1, await JobsAsync("edges"));
    }

    [Fact]
    public async Task The_branch_of_a_trigger_goes_with_its_pipeline()
    {
        await World.CreateRepoAsync("images");
        await World.PutAsync("images", ("/a", "1"));
        var spec = PipelineWorld.Spec("edges", "true", "images:/*");
        spec["input"]!["pfs"]!["trigger"] = new JsonObject { ["size"] = "1M" };
        await World.CreateAsync(spec);
        var made = await BranchesAsync("images");

        await World.Pipelines.DeleteAsync(PipelineWorld.Admin, PipelineWorld.Ref("edges"), false, false, none);

        Assert.Equal(["edges-trigger-1", "master"], made);
        Assert.Equal(["master"], await BranchesAsync("images"));
    }

    [Fact]
    public async Task Moves_of_a_branch_that_never_propagates_make_no_job()
    {
        await World.CreateRepoAsync("images");
        var spec = PipelineWorld.Spec("edges", "true", "images:/*");
        spec["input"]!["pfs"]!["propagationSpec"] = new JsonObject { ["never"] = true };
        await World.CreateAsync(spec);
        var before = await JobsAsync("edges");

        await World.PutAsync("images", ("/a", "1"));

        Assert.Equal(before, await JobsAsync("edges"));
    }

    private async Task<int> JobsAsync(string pipeline) =>
        PipelineWorld
            .Ok(await World.Jobs.ListAsync(PipelineWorld.Admin, new() { Pipeline = PipelineWorld.Ref(pipeline) }, none))
            .Count;

    private async Task<IEnumerable<string>> BranchesAsync(string repo) =>
        PipelineWorld
            .Ok(await World.Data.Branches.ListAsync(PipelineWorld.Admin, new("default", repo), none))
            .Select(branch => branch.Name.Name)
            .Order();
}
