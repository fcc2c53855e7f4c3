using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;

namespace Braid.Gateway.ClearML.Tests.Organization;

public sealed class OrganizationTests
{
    [Fact]
    public async Task There_is_one_workspace_and_its_owners_are_the_administrators()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("boss", "admin");
        host.Api.Use(await host.HireAsync("ann"));

        var company = Assert.Single(
            (await host.Api.DataAsync("organization.get_user_companies"))["companies"]!.AsArray()
        );

        Assert.Equal(People.Company, company!["id"]!.GetValue<string>());
        Assert.Equal(["admin", "boss"], company["owners"]!.AsArray().Select(owner => owner!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Things_are_counted_by_kind_for_which_there_is_a_filter()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("digits");
        await host.Api.IdAsync(
            "projects.create",
            """{"name":"digits/.datasets/images","system_tags":["hidden","dataset"]}"""
        );
        await host.Api.CreateTaskAsync("one", $$""","project":"{{project}}","tags":["x"]""");
        await host.Api.CreateTaskAsync("two", ""","system_tags":["pipeline","hidden"]""");
        await host.Api.CreateTaskAsync("three", ""","system_tags":["dataset"]""");

        Assert.Equal(
            """{"tasks":2,"models":0,"pipeline_runs":1,"datasets":1,"dataset_versions":1}""",
            await CountAsync(
                host.Api,
                """{"tasks":{},"models":{},"pipeline_runs":{},"datasets":{},"dataset_versions":{}}"""
            )
        );
        Assert.Equal("""{"tasks":1}""", await CountAsync(host.Api, """{"tasks":{"tags":["x"]}}"""));
        Assert.Equal("""{"tasks":3}""", await CountAsync(host.Api, """{"tasks":{},"search_hidden":true}"""));
        Assert.Equal("""{"tasks":1}""", await CountAsync(host.Api, """{"tasks":{},"limit":1}"""));
        Assert.Equal("""{"tasks":0}""", await CountAsync(host.Api, """{"tasks":{},"active_users":["ann"]}"""));
        Assert.Equal("""{"projects":1}""", await CountAsync(host.Api, """{"projects":{"name":"^digits$"}}"""));
        Assert.Equal("{}", await CountAsync(host.Api, "{}"));
        Assert.Equal(
            (400, 12),
            await host.Api.CodeAsync("organization.get_entities_count", """{"tasks":{"name":"["}}""")
        );
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("models")]
    [InlineData("reports")]
    public async Task What_lies_below_a_project_is_counted_when_asked_for(string kind)
    {
        await using var host = await ClearMLHost.StartAsync();
        var inner = await host.Api.CreateProjectAsync("outer/inner");
        var outer = await host.Api.ProjectIdAsync("outer");
        await host.Api.CreateTaskAsync("one", $$""","project":"{{inner}}" """);
        await host.Api.IdAsync("models.create", $$"""{"name":"net","uri":"http://x/m","project":"{{inner}}"}""");
        await host.Api.IdAsync("reports.create", $$"""{"name":"told","project":"{{inner}}"}""");

        async Task<string> InAsync(string more) =>
            await CountAsync(host.Api, $$"""{"{{kind}}":{"project":["{{outer}}"]{{more}}} }""");

        Assert.Equal($$"""{"{{kind}}":0}""", await InAsync(""));
        Assert.Equal($$"""{"{{kind}}":1}""", await InAsync(""","include_subprojects":true"""));
    }

    [Fact]
    public async Task Models_below_a_project_are_listed_when_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        var inner = await host.Api.CreateProjectAsync("outer/inner");
        var outer = await host.Api.ProjectIdAsync("outer");
        await host.Api.IdAsync("models.create", $$"""{"name":"net","uri":"http://x/m","project":"{{inner}}"}""");

        Assert.Empty(await host.Api.NamesAsync("models", $$"""{"project":["{{outer}}"]}"""));
        Assert.Equal(
            ["net"],
            await host.Api.NamesAsync("models", $$"""{"project":["{{outer}}"],"include_subprojects":true}""")
        );
    }

    private static async Task<string> CountAsync(ApiClient api, string json) =>
        (await api.DataAsync("organization.get_entities_count", json, "2.34")).ToJsonString();
}
