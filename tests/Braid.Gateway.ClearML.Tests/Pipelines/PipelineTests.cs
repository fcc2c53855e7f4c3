using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Pipelines;

public sealed class PipelineTests
{
    [Fact]
    public async Task A_pipeline_starts_again_with_other_arguments_and_the_next_number()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await host.Api.IdAsync("queues.create", """{"name":"default"}""");
        var project = await host.Api.CreateProjectAsync("pipe");
        var first = await PipelineAsync(host, project, "train");
        var request =
            $$"""{"task":"{{first}}","queue":"{{queue}}","args":[{"name":"n","value":"5"}],"verify_watched_queue":true}""";

        var started = await host.Api.DataAsync("pipelines.start_pipeline", request);
        await host.Api.DataAsync("pipelines.start_pipeline", request);

        Assert.True(started["enqueued"]!.GetValue<bool>());
        Assert.False(started["queue_watched"]!.GetValue<bool>());
        var run = await host.Api.TaskAsync(started["pipeline"]!.GetValue<string>());
        Assert.Equal("queued", run["status"]!.GetValue<string>());
        Assert.Equal("5", run["hyperparams"]!["Args"]!["n"]!["value"]!.GetValue<string>());
        Assert.Equal("int", run["hyperparams"]!["Args"]!["n"]!["type"]!.GetValue<string>());
        Assert.Equal(["train", "train #2", "train #3"], (await host.Api.NamesAsync("tasks", "{}")).Order());
    }

    [Fact]
    public async Task Runs_of_a_pipeline_go_with_their_steps_but_never_all_of_them()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("pipe");
        var (old, kept) = (await PipelineAsync(host, project, "old"), await PipelineAsync(host, project, "kept"));
        await StepAsync(host, project, old, "step of old");
        await StepAsync(host, project, kept, "step of kept");

        var all = await DeleteAsync($"\"{old}\",\"{kept}\"");
        Assert.Equal((400, 160), (all.Code, all.Subcode));
        var some = await DeleteAsync($"\"{old}\",\"nonsense\"");

        Assert.Equal(old, Assert.Single(some.Data["succeeded"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Single(some.Data["failed"]!.AsArray());
        Assert.Equal(["kept", "step of kept"], (await host.Api.NamesAsync("tasks", "{}")).Order());

        Task<ApiReply> DeleteAsync(string ids) =>
            host.Api.CallAsync("pipelines.delete_runs", $$"""{"project":"{{project}}","ids":[{{ids}}]}""", "2.34");
    }

    [Fact]
    public async Task A_pipeline_that_is_stopped_stops_the_steps_that_run()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("pipe");
        var pipeline = await PipelineAsync(host, project, "train");
        var running = await StepAsync(host, project, pipeline, "running");
        var waiting = await StepAsync(host, project, pipeline, "not started");
        foreach (var task in (string[])[pipeline, running])
        {
            await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        }

        await host.Api.DataAsync("tasks.stop", $$"""{"task":"{{pipeline}}","include_pipeline_steps":true}""");

        Assert.Equal("stopped", (await host.Api.TaskAsync(pipeline))["status"]!.GetValue<string>());
        Assert.Equal("stopped", (await host.Api.TaskAsync(running))["status"]!.GetValue<string>());
        Assert.Equal("created", (await host.Api.TaskAsync(waiting))["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("tasks.archive", "tasks")]
    [InlineData("tasks.archive_many", "ids")]
    public async Task A_pipeline_is_put_away_with_its_steps_and_taken_back(string archive, string field)
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("pipe");
        var pipeline = await PipelineAsync(host, project, "train");
        await StepAsync(host, project, pipeline, "step");
        await host.Api.CreateTaskAsync("other");
        Task<IReadOnlyList<string>> ArchivedAsync() =>
            host.Api.NamesAsync("tasks", """{"system_tags":["archived"],"order_by":["name"]}""");

        await host.Api.DataAsync(archive, $$"""{"{{field}}":["{{pipeline}}"],"include_pipeline_steps":true}""");
        Assert.Equal(["step", "train"], await ArchivedAsync());
        await host.Api.DataAsync("tasks.unarchive_many", $$"""{"ids":["{{pipeline}}"]}""");
        Assert.Equal(["step"], await ArchivedAsync());
        await host.Api.DataAsync(
            "tasks.unarchive_many",
            $$"""{"ids":["{{pipeline}}"],"include_pipeline_steps":true}"""
        );
        Assert.Empty(await ArchivedAsync());
    }

    private static Task<string> PipelineAsync(ClearMLHost host, string project, string name) =>
        host.Api.IdAsync(
            "tasks.create",
            $$"""
            {"name":"{{name}}","type":"controller","project":"{{project}}","system_tags":["pipeline"],
             "hyperparams":{"Args":{"n":{"value":"1","type":"int"} } } }
            """
        );

    private static Task<string> StepAsync(ClearMLHost host, string project, string pipeline, string name) =>
        host.Api.CreateTaskAsync(name, $$""","project":"{{project}}","parent":"{{pipeline}}" """);
}
