using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Tasks;

public sealed class TaskPartsTests
{
    [Fact]
    public async Task Configuration_objects_are_edited_by_name()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        Task EditAsync(string items, string more = "") =>
            host.Api.DataAsync("tasks.edit_configuration", $$"""{"task":"{{id}}","configuration":{{items}}{{more}}}""");
        async Task<string> GetAsync(string more = "") =>
            (await host.Api.DataAsync("tasks.get_configurations", $$"""{"tasks":["{{id}}"]{{more}}}"""))[
                "configurations"
            ]![0]!["configuration"]!.ToJsonString();

        await EditAsync("""[{"name":"net","value":"x","type":"json"},{"name":"empty","value":""}]""");
        Assert.Equal("""[{"name":"empty","value":""},{"name":"net","value":"x","type":"json"}]""", await GetAsync());
        Assert.Equal("""[{"name":"empty","value":""}]""", await GetAsync(""","names":["empty"]"""));
        var names = await host.Api.DataAsync("tasks.get_configuration_names", $$"""{"tasks":["{{id}}"]}""");
        Assert.Equal("""["net"]""", names["configurations"]![0]!["names"]!.ToJsonString());

        await EditAsync("""[{"name":"other","value":"y"}]""", ""","replace_configuration":true""");
        Assert.Equal("""[{"name":"other","value":"y"}]""", await GetAsync());
        await host.Api.DataAsync("tasks.delete_configuration", $$"""{"task":"{{id}}","configuration":["other"]}""");
        Assert.Equal("[]", await GetAsync());
    }

    [Fact]
    public async Task Configuration_of_a_task_that_runs_is_edited_by_force_and_of_one_that_ended_not_at_all()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        var edit = $$"""{"task":"{{id}}","configuration":[{"name":"n","value":"v"}]}""";
        var forced = edit.Replace("]}", """],"force":true}""", StringComparison.Ordinal);

        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{id}}"}""");
        var refused = await host.Api.CallAsync("tasks.edit_configuration", edit);
        Assert.Equal((400, 110), (refused.Code, refused.Subcode));
        await host.Api.DataAsync("tasks.edit_configuration", forced);
        await host.Api.DataAsync("tasks.completed", $$"""{"task":"{{id}}"}""");
        Assert.Equal(110, (await host.Api.CallAsync("tasks.edit_configuration", forced)).Subcode);
    }

    [Fact]
    public async Task Runtime_is_edited_key_by_key()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync("demo", ""","runtime":{"a":1,"b":2}""");

        await host.Api.DataAsync(
            "tasks.edit_runtime",
            $$"""{"task":"{{id}}","add_or_update":{"c":{"d":true} },"remove":["a"]}""",
            "2.34"
        );

        Assert.Equal("""{"b":2,"c":{"d":true}}""", (await host.Api.TaskAsync(id))["runtime"]!.ToJsonString());
    }

    [Fact]
    public async Task Tasks_move_to_a_project_that_is_made_when_it_is_named()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (first, second) = (await host.Api.CreateTaskAsync("a task"), await host.Api.CreateTaskAsync("b task"));

        var moved = await host.Api.DataAsync(
            "tasks.move",
            $$"""{"ids":["{{first}}","{{second}}"],"project_name":"new/place"}"""
        );

        var project = await host.Api.ProjectIdAsync("new/place");
        Assert.Equal(project, moved["project_id"]!.GetValue<string>());
        Assert.Equal(2, (await host.Api.NamesAsync("tasks", $$"""{"project":["{{project}}"]}""")).Count);
        Assert.Equal(11, (await host.Api.CallAsync("tasks.move", $$"""{"ids":["{{first}}"]}""")).Subcode);
    }

    [Fact]
    public async Task Tags_are_added_and_removed_and_listed_with_the_types()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync("demo", ""","tags":["old","kept"],"system_tags":["development"]""");

        await host.Api.DataAsync(
            "tasks.update_tags",
            $$"""{"ids":["{{id}}"],"add_tags":["new"],"remove_tags":["old"]}""",
            "2.27"
        );

        Assert.Equal("""["kept","new"]""", (await host.Api.TaskAsync(id))["tags"]!.ToJsonString());
        var used = await host.Api.DataAsync("organization.get_tags", """{"include_system":true}""");
        Assert.Equal("""{"tags":["kept","new"],"system_tags":["development"]}""", used.ToJsonString());
        var types = await host.Api.DataAsync("tasks.get_types", "{}");
        Assert.Equal("""{"types":["training"]}""", types.ToJsonString());
    }

    [Fact]
    public async Task A_batch_updates_each_task_and_a_task_is_validated_without_being_made()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (first, second) = (await host.Api.CreateTaskAsync("a task"), await host.Api.CreateTaskAsync("b task"));
        using var batch = new HttpRequestMessage(HttpMethod.Post, "/v2.23/tasks.update_batch")
        {
            Content = new StringContent(
                $$"""
                {"task":"{{first}}","comment":"one"}
                {"task":"{{second}}","comment":"two"}
                """
            ),
        };

        Assert.Equal(2, (await host.Api.SendAsync(batch)).Data["updated"]!.GetValue<int>());
        Assert.Equal("two", (await host.Api.TaskAsync(second))["comment"]!.GetValue<string>());
        await host.Api.DataAsync("tasks.validate", """{"name":"fine","type":"training"}""");
        Assert.Equal(12, (await host.Api.CallAsync("tasks.validate", """{"name":"x","type":"none"}""")).Subcode);
        Assert.Equal(2, (await host.Api.NamesAsync("tasks", "{}")).Count);
    }
}
