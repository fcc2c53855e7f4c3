using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Projects;

public sealed class ProjectStatsTests
{
    [Fact]
    public async Task Projects_tell_what_is_in_them_and_below()
    {
        await using var host = await ClearMLHost.StartAsync();
        var inner = await host.Api.CreateProjectAsync("outer/inner");
        var outer = await host.Api.ProjectIdAsync("outer");
        await host.Api.CreateTaskAsync("draft", $$""","project":"{{outer}}" """);
        await host.Api.CreateTaskAsync("old", $$""","project":"{{outer}}","system_tags":["archived"]""");
        var task = await host.Api.CreateTaskAsync("done", $$""","project":"{{inner}}" """);
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        await host.Api.DataAsync("tasks.completed", $$"""{"task":"{{task}}"}""");

        var project = await OnlyAsync(host, """{"name":"^outer$","include_stats":true,"check_own_contents":true}""");

        Assert.Equal(inner, Assert.Single(project["sub_projects"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(2, project["own_tasks"]!.GetValue<int>());
        Assert.Equal(0, project["own_models"]!.GetValue<int>());
        var active = project["stats"]!["active"]!;
        Assert.Equal(2, active["total_tasks"]!.GetValue<int>());
        Assert.Equal(1, active["completed_tasks_24h"]!.GetValue<int>());
        Assert.Equal(1, active["status_count"]!["created"]!.GetValue<int>());
        Assert.Equal(1, active["status_count"]!["completed"]!.GetValue<int>());
        Assert.Equal(0, active["status_count"]!["failed"]!.GetValue<int>());
        Assert.Equal(1, project["stats"]!["archived"]!["total_tasks"]!.GetValue<int>());
        var alone = await OnlyAsync(
            host,
            """{"name":"^outer$","include_stats":true,"stats_with_children":false,"include_stats_filter":{"name":"draft"}}"""
        );
        Assert.Equal(1, alone["stats"]!["active"]!["total_tasks"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"children_type":"dataset"}""", "lab")]
    [InlineData("""{"children_type":"pipeline"}""", "")]
    [InlineData("""{"children_type":"report"}""", "other")]
    [InlineData("""{"children_type":"report","children_tags":["x"]}""", "")]
    [InlineData("""{"path":["LAB"],"search_hidden":true}""", "lab/.datasets,lab/.datasets/d")]
    public async Task Projects_are_found_by_what_they_hold_and_lie_in(string query, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.IdAsync("projects.create", """{"name":"lab/.datasets/d","system_tags":["hidden","dataset"]}""");
        var middle = await host.Api.ProjectIdAsync("lab/.datasets");
        await host.Api.DataAsync("projects.update", $$"""{"project":"{{middle}}","system_tags":["hidden"]}""");
        var other = await host.Api.CreateProjectAsync("other");
        await host.Api.IdAsync("tasks.create", $$"""{"name":"told","type":"report","project":"{{other}}"}""");
        var lab = await host.Api.ProjectIdAsync("lab");

        var found = await host.Api.DataAsync("projects.get_all_ex", query.Replace("LAB", lab));

        var names = found["projects"]!.AsArray().Select(project => project!["name"]!.GetValue<string>());
        Assert.Equal(expected, string.Join(',', names.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_project_is_merged_into_another_with_all_below_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var from = await host.Api.CreateProjectAsync("from");
        var into = await host.Api.CreateProjectAsync("into");
        var same = await host.Api.CreateProjectAsync("into/same");
        await host.Api.CreateProjectAsync("from/new/deep");
        var twin = await host.Api.CreateProjectAsync("from/same");
        var task = await host.Api.CreateTaskAsync("demo", $$""","project":"{{from}}" """);
        var below = await host.Api.CreateTaskAsync("demo", $$""","project":"{{twin}}" """);

        var refused = await MergeAsync(into, same);
        Assert.Equal((400, 412), (refused.Code, refused.Subcode));
        var merged = await MergeAsync(from, into);

        Assert.Equal(200, merged.Code);
        Assert.Equal("""{"moved_entities":2,"moved_projects":2}""", merged.Data.ToJsonString());
        Assert.Equal(
            ["into", "into/new", "into/new/deep", "into/same"],
            (await host.Api.NamesAsync("projects", "{}")).Where(name => name != "Default").Order()
        );
        Assert.Equal(into, (await host.Api.TaskAsync(task))["project"]!.GetValue<string>());
        Assert.Equal(same, (await host.Api.TaskAsync(below))["project"]!.GetValue<string>());

        Task<ApiReply> MergeAsync(string project, string destination) =>
            host.Api.CallAsync(
                "projects.merge",
                $$"""{"project":"{{project}}","destination_project":"{{destination}}"}"""
            );
    }

    [Fact]
    public async Task Reports_pipelines_and_datasets_are_counted_before_a_project_goes()
    {
        await using var host = await ClearMLHost.StartAsync();
        var lab = await host.Api.CreateProjectAsync("lab");
        await host.Api.IdAsync("projects.create", """{"name":"lab/d","system_tags":["hidden","dataset"]}""");
        await host.Api.IdAsync("projects.create", """{"name":"lab/p","system_tags":["hidden","pipeline"]}""");
        await host.Api.IdAsync(
            "tasks.create",
            $$"""{"name":"told","type":"report","project":"{{lab}}","system_tags":["archived"]}"""
        );

        var counts = await host.Api.DataAsync("projects.validate_delete", $$"""{"project":"{{lab}}"}""");

        Assert.Equal(
            """{"pipelines":1,"datasets":1,"tasks":0,"reports":1,"models":0,"non_archived_tasks":0,"non_archived_reports":0,"non_archived_models":0}""",
            counts.ToJsonString()
        );
        var refused = await host.Api.CallAsync("projects.delete", $$"""{"project":"{{lab}}"}""");
        Assert.Equal((400, 413), (refused.Code, refused.Subcode));
    }

    private static async Task<JsonNode> OnlyAsync(ClearMLHost host, string query) =>
        Assert.Single((await host.Api.DataAsync("projects.get_all_ex", query))["projects"]!.AsArray())!;
}
