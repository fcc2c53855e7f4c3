using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Projects;

public sealed class ProjectTests
{
    [Fact]
    public async Task A_project_is_found_by_the_pattern_that_the_SDK_sends()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateProjectAsync("Group A/Exp-1");

        var found = await host.Api.DataAsync(
            "projects.get_all",
            """{"name":"^Group\\ A/Exp\\-1$","only_fields":["id"],"shallow_search":false,"search_hidden":true,"method":"get"}"""
        );

        Assert.Equal($$"""{"projects":[{"id":"{{id}}"}]}""", found.ToJsonString());
    }

    [Fact]
    public async Task A_path_makes_its_ancestors_and_is_written_without_empty_segments()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateProjectAsync("/a1//b2 /c3/");

        var project = (await host.Api.DataAsync("projects.get_by_id", $$"""{"project":"{{id}}"}"""))["project"]!;

        Assert.Equal("a1/b2/c3", project["name"]!.GetValue<string>());
        Assert.Equal("c3", project["basename"]!.GetValue<string>());
        Assert.EndsWith("+00:00", project["created"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["a1"], await host.Api.NamesAsync("projects", """{"shallow_search":true,"name":"^a1"}"""));
        Assert.Equal(
            ["a1/b2", "a1/b2/c3"],
            await host.Api.NamesAsync(
                "projects",
                $$"""{"parent":"{{await host.Api.ProjectIdAsync("a1")}}","order_by":["name"]}"""
            )
        );
    }

    [Fact]
    public async Task Hidden_projects_show_only_when_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateProjectAsync("secret");
        await host.Api.DataAsync("projects.update", $$"""{"project":"{{id}}","system_tags":["hidden","dataset"]}""");

        Assert.Empty(await host.Api.NamesAsync("projects", """{"name":"secret"}"""));
        Assert.Equal(["secret"], await host.Api.NamesAsync("projects", """{"name":"secret","search_hidden":true}"""));
        Assert.Equal(["secret"], await host.Api.NamesAsync("projects", $$"""{"id":["{{id}}"]}"""));
    }

    [Theory]
    [InlineData("projects.create", """{"name":"taken"}""", 400, 801)]
    [InlineData("projects.create", "{}", 400, 11)]
    [InlineData("projects.get_by_id", """{"project":"nonsense"}""", 400, 401)]
    [InlineData("projects.get_by_id", """{"project":"00000000000000000000000000000001"}""", 400, 401)]
    [InlineData("projects.get_all", """{"only_fields":["nonsense"]}""", 400, 14)]
    [InlineData("projects.get_all", """{"order_by":["nonsense"]}""", 400, 14)]
    [InlineData("projects.get_all", """{"name":"("}""", 400, 12)]
    [InlineData("projects.get_all", """{"tags":["__$nonsense"]}""", 400, 16)]
    public async Task What_is_refused_has_the_protocols_code(string endpoint, string body, int code, int subcode)
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.CreateProjectAsync("taken");

        var reply = await host.Api.CallAsync(endpoint, body);

        Assert.Equal((code, subcode), (reply.Code, reply.Subcode));
    }

    [Fact]
    public async Task A_new_name_stays_in_the_parent()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateProjectAsync("a1/b2");

        var moved = await host.Api.CallAsync("projects.update", $$"""{"project":"{{id}}","name":"other/b2"}""");
        var renamed = await host.Api.DataAsync("projects.update", $$"""{"project":"{{id}}","name":"a1/b3"}""");

        Assert.Equal((400, 408), (moved.Code, moved.Subcode));
        Assert.Equal("""{"updated":1,"fields":{"name":"a1/b3"}}""", renamed.ToJsonString());
    }
}
