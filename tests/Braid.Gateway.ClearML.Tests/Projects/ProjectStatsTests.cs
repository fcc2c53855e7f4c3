using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;

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

        var project = await OnlyAsync(
            host,
            """{"name":"^outer$","include_stats":true,"stats_for_state":null,"check_own_contents":true}"""
        );

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
    [InlineData("""{"children_type":"report","children_tags":["y"]}""", "other")]
    [InlineData("""{"children_type":"report","children_tags_filter":{"any":{"include":["x","y"]}}}""", "other")]
    [InlineData("""{"children_type":"report","children_tags_filter":{"all":{"exclude":["y"]}}}""", "")]
    [InlineData("""{"path":["LAB"],"search_hidden":true}""", "lab/.datasets,lab/.datasets/d")]
    public async Task Projects_are_found_by_what_they_hold_and_lie_in(string query, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.IdAsync("projects.create", """{"name":"lab/.datasets/d","system_tags":["hidden","dataset"]}""");
        var middle = await host.Api.ProjectIdAsync("lab/.datasets");
        await host.Api.DataAsync("projects.update", $$"""{"project":"{{middle}}","system_tags":["hidden"]}""");
        var other = await host.Api.CreateProjectAsync("other");
        await host.Api.IdAsync(
            "tasks.create",
            $$"""{"name":"told","type":"report","project":"{{other}}","tags":["y"]}"""
        );
        var lab = await host.Api.ProjectIdAsync("lab");

        var found = await host.Api.DataAsync("projects.get_all_ex", query.Replace("LAB", lab));

        var names = found["projects"]!.AsArray().Select(project => project!["name"]!.GetValue<string>());
        Assert.Equal(expected, string.Join(',', names.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Statistics_are_of_the_state_that_is_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("lab");
        await host.Api.CreateTaskAsync("old", $$""","project":"{{project}}","system_tags":["archived"]""");

        async Task<string> StatesAsync(string more) =>
            string.Join(
                ' ',
                (await OnlyAsync(host, $$"""{"name":"^lab$","include_stats":true{{more}}}"""))["stats"]!
                    .AsObject()
                    .Select(state => $"{state.Key}:{state.Value!["total_tasks"]}")
            );

        Assert.Equal("active:0", await StatesAsync(""));
        Assert.Equal("archived:1", await StatesAsync(""","stats_for_state":"archived" """));
        Assert.Equal("active:0 archived:1", await StatesAsync(""","stats_for_state":null"""));
        var wrong = await host.Api.CallAsync(
            "projects.get_all_ex",
            """{"include_stats":true,"stats_for_state":"lost"}"""
        );
        Assert.Equal((400, 12), (wrong.Code, wrong.Subcode));
    }

    [Fact]
    public async Task Only_projects_in_which_users_are_active_are_listed_with_what_they_made()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var (ann, bob) = (await host.HireAsync("ann"), await host.HireAsync("bob"));
        host.Api.Use(ann);
        var shared = await host.Api.CreateProjectAsync("team/shared");
        await host.Api.CreateTaskAsync("one", $$""","project":"{{shared}}" """);
        await host.Api.CreateProjectAsync("empty");
        host.Api.Use(bob);
        await host.Api.CreateTaskAsync("two", $$""","project":"{{shared}}" """);
        var own = await host.Api.CreateProjectAsync("own");
        await host.Api.IdAsync("models.create", $$"""{"name":"net","uri":"http://x/m","project":"{{own}}"}""");

        async Task<string> ActiveAsync(string users) =>
            string.Join(
                ' ',
                (
                    await host.Api.DataAsync(
                        "projects.get_all_ex",
                        $$"""{"active_users":{{users}},"include_stats":true,"order_by":["name"]}"""
                    )
                )["projects"]!
                    .AsArray()
                    .Select(project => $"{project!["name"]}:{project["stats"]!["active"]!["total_tasks"]}")
            );

        Assert.Equal("team:1 team/shared:1", await ActiveAsync("""["ann"]"""));
        Assert.Equal("own:0 team:1 team/shared:1", await ActiveAsync("""["bob"]"""));
        Assert.Equal("own:0 team:2 team/shared:2", await ActiveAsync("""["ann","bob"]"""));
        Assert.Equal("", await ActiveAsync("""["nobody"]"""));
    }

    [Fact]
    public async Task A_dataset_tells_how_large_its_newest_version_is()
    {
        await using var host = await ClearMLHost.StartAsync();
        var dataset = await host.Api.IdAsync(
            "projects.create",
            """{"name":"lab/.datasets/d","system_tags":["hidden","dataset"]}"""
        );
        foreach (
            var (files, tags) in new[] { ("1", "\"dataset\""), ("7", "\"dataset\""), ("9", "\"dataset\",\"archived\"") }
        )
        {
            await host.Api.CreateTaskAsync(
                "data",
                $$""","project":"{{dataset}}","system_tags":[{{tags}}],"runtime":{"ds_file_count":{{files}},"ds_total_size":"{{files}}00"}"""
            );
        }

        var project = await OnlyAsync(
            host,
            """{"name":"^lab/.datasets/d$","include_dataset_stats":true,"search_hidden":true}"""
        );

        Assert.Equal("""{"file_count":7,"total_size":700}""", project["dataset_stats"]!.ToJsonString());
        var plain = await OnlyAsync(host, """{"name":"^lab$","include_dataset_stats":true}""");
        Assert.Null(plain["dataset_stats"]);
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
