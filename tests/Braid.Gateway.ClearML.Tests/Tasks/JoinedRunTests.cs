using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Tasks;

public sealed class JoinedRunTests
{
    [Fact]
    public async Task User_code_of_a_job_joins_the_jobs_run_and_does_not_end_it()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var run = (await host.UseJobAsync("vision", "attempt-1")).ToString();
        var project = await host.Api.CreateProjectAsync("Group A/Exp");

        var task = await host.Api.CreateTaskAsync("my name", $$""","project":"{{project}}","tags":["mine"]""");
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        await host.Api.DataAsync(
            "events.add",
            $$"""{"type":"training_stats_scalar","task":"{{task}}","metric":"loss","variant":"train","iter":3,"value":0.5}"""
        );
        await host.Api.DataAsync("tasks.completed", $$"""{"task":"{{task}}"}""");

        Assert.Equal(run, task);
        var read = await host.Api.TaskAsync(task);
        Assert.Equal("in_progress", read["status"]!.GetValue<string>());
        Assert.Equal("train", read["name"]!.GetValue<string>());
        Assert.Equal("""["mine"]""", read["tags"]!.ToJsonString());
        Assert.Equal(3, read["last_iteration"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_second_task_is_a_child_and_a_strangers_task_is_out_of_reach()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);
        var stranger = await host.Api.CreateTaskAsync();
        var run = (await host.UseJobAsync("vision", "attempt-1")).ToString();
        await host.Api.CreateTaskAsync("first");

        var child = await host.Api.TaskAsync(await host.Api.CreateTaskAsync("second"));
        var refused = await host.Api.CallAsync("tasks.get_by_id", $$"""{"task":"{{stranger}}"}""");

        Assert.Equal(run, child["parent"]!.GetValue<string>());
        Assert.Equal((403, 20), (refused.Code, refused.Subcode));
    }
}
