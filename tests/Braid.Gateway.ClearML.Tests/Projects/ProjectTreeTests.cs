using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Projects;

public sealed class ProjectTreeTests
{
    [Fact]
    public async Task A_project_moves_with_what_is_below_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("old/work");
        await host.Api.CreateProjectAsync("old/work/deep");
        Task<ApiReply> MoveAsync(string place) =>
            host.Api.CallAsync("projects.move", $$"""{"project":"{{project}}","new_location":"{{place}}"}""");

        Assert.Equal((400, 410), Code(await MoveAsync("old")));
        Assert.Equal((400, 411), Code(await MoveAsync("old/work/deep")));
        Assert.Equal(200, (await MoveAsync("brand/new")).Code);

        Assert.Equal(
            ["brand", "brand/new", "brand/new/work", "brand/new/work/deep", "old"],
            (await host.Api.NamesAsync("projects", "{}")).Where(name => name != "Default").Order()
        );
        Assert.Equal(200, (await MoveAsync("")).Code);
        Assert.Contains("work/deep", await host.Api.NamesAsync("projects", "{}"));
    }

    [Fact]
    public async Task A_project_in_use_is_deleted_by_force_and_its_tasks_stay_without_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("work");
        var below = await host.Api.CreateProjectAsync("work/deep");
        var task = await host.Api.CreateTaskAsync("demo", $$""","project":"{{below}}" """);

        var counts = await host.Api.DataAsync("projects.validate_delete", $$"""{"project":"{{project}}"}""");
        Assert.Equal((1, 0), (counts["tasks"]!.GetValue<int>(), counts["models"]!.GetValue<int>()));
        Assert.Equal((400, 402), Code(await DeleteAsync(host, project, "")));
        var deleted = await DeleteAsync(host, project, ""","force":true""");

        Assert.Equal(2, deleted.Data["deleted"]!.GetValue<int>());
        Assert.Equal(1, deleted.Data["disassociated_tasks"]!.GetValue<int>());
        Assert.NotEqual(below, (await host.Api.TaskAsync(task))["project"]!.GetValue<string>());
        Assert.Equal(["Default"], await host.Api.NamesAsync("projects", "{}"));
    }

    [Fact]
    public async Task With_its_contents_a_project_goes_with_tasks_and_models()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("work");
        var task = await host.Api.CreateTaskAsync("demo", $$""","project":"{{project}}" """);
        await host.Api.IdAsync("models.create", $$"""{"name":"net","uri":"http://x/m","project":"{{project}}"}""");
        await host.Api.DataAsync("tasks.archive", $$"""{"tasks":["{{task}}"]}""");

        Assert.Equal((400, 405), Code(await DeleteAsync(host, project, ""","delete_contents":true""")));
        var deleted = await DeleteAsync(host, project, ""","delete_contents":true,"force":true""");

        Assert.Equal(1, deleted.Data["deleted_tasks"]!.GetValue<int>());
        Assert.Equal(1, deleted.Data["deleted_models"]!.GetValue<int>());
        Assert.Equal(101, (await host.Api.CallAsync("tasks.get_by_id", $$"""{"task":"{{task}}"}""")).Subcode);
    }

    private static Task<ApiReply> DeleteAsync(ClearMLHost host, string project, string more) =>
        host.Api.CallAsync("projects.delete", $$"""{"project":"{{project}}"{{more}}}""");

    private static (int, int) Code(ApiReply reply) => (reply.Code, reply.Subcode);
}
