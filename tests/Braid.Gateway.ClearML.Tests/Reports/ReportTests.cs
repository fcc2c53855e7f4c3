using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Events;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;

namespace Braid.Gateway.ClearML.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task A_report_is_written_edited_published_and_then_changes_no_more()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("lab");
        var made = await host.Api.DataAsync(
            "reports.create",
            $$"""{"name":"findings","project":"{{project}}","report":"# One","report_assets":["http://f/1.png"],"tags":["draft"]}"""
        );
        var id = made["id"]!.GetValue<string>();
        Assert.Equal(project, made["project_id"]!.GetValue<string>());

        var updated = await host.Api.DataAsync(
            "reports.update",
            $$"""{"task":"{{id}}","name":"findings 2","report":"# Two \ud83d\ude00","tags":["ready"],"comment":"so"}"""
        );
        var published = await host.Api.DataAsync("reports.publish", $$"""{"task":"{{id}}","comment":"done"}""");

        Assert.Equal(1, updated["updated"]!.GetValue<int>());
        Assert.Equal("findings 2", updated["fields"]!["name"]!.GetValue<string>());
        Assert.Equal("published", published["fields"]!["status"]!.GetValue<string>());
        var report = await host.Api.TaskAsync(id);
        Assert.Equal("report", report["type"]!.GetValue<string>());
        Assert.Equal("# Two \ud83d\ude00", report["report"]!.GetValue<string>());
        Assert.Equal("""["http://f/1.png"]""", report["report_assets"]!.ToJsonString());
        Assert.Equal("done", report["comment"]!.GetValue<string>());
        Assert.Equal((400, 110), await host.Api.CodeAsync("reports.update", $$"""{"task":"{{id}}","report":"no"}"""));
    }

    [Fact]
    public async Task Reports_are_listed_apart_from_tasks_and_found_by_their_text()
    {
        await using var host = await ClearMLHost.StartAsync();
        var inner = await host.Api.CreateProjectAsync("outer/inner");
        var outer = await host.Api.ProjectIdAsync("outer");
        await host.Api.CreateTaskAsync("a task");
        await CreateAsync(host, "first", $$""","project":"{{inner}}","report":"of apples","tags":["x"]""");
        await CreateAsync(host, "second", ""","report":"of pears","tags":["y"]""");

        Assert.Equal(["a task"], await host.Api.NamesAsync("tasks", "{}"));
        Assert.Equal("first second", await ListAsync(host, """{"order_by":["name"]}"""));
        Assert.Equal("second", await ListAsync(host, """{"report":"pe[ao]rs"}"""));
        Assert.Equal("first", await ListAsync(host, """{"search_text":"apples"}"""));
        Assert.Equal("second", await ListAsync(host, """{"_any_":{"fields":["name","report"],"pattern":"PEARS"}}"""));
        Assert.Equal("first", await ListAsync(host, """{"tags":["x"]}"""));
        Assert.Equal("first", await ListAsync(host, $$"""{"project":["{{outer}}"],"include_subprojects":true}"""));
        Assert.Equal("""{"tags":["x","y"]}""", (await host.Api.DataAsync("reports.get_tags")).ToJsonString());
        var shown = await host.Api.DataAsync(
            "reports.get_all_ex",
            """{"name":"^first$","only_fields":["report","project.name"]}"""
        );
        Assert.Equal("of apples", shown["tasks"]![0]!["report"]!.GetValue<string>());
        Assert.Equal("outer/inner", shown["tasks"]![0]!["project"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_is_moved_archived_taken_back_and_deleted()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await CreateAsync(host, "findings", "");
        var project = await host.Api.CreateProjectAsync("here");

        Assert.Equal(
            $$"""{"project_id":"{{project}}"}""",
            (await host.Api.DataAsync("reports.move", $$"""{"task":"{{id}}","project":"{{project}}"}""")).ToJsonString()
        );
        await host.Api.DataAsync("reports.move", $$"""{"task":"{{id}}","project_name":"brand/new"}""");
        Assert.Equal(
            await host.Api.ProjectIdAsync("brand/new"),
            (await host.Api.TaskAsync(id))["project"]!.GetValue<string>()
        );
        await host.Api.DataAsync("reports.publish", $$"""{"task":"{{id}}"}""");
        Assert.Equal((400, 123), await host.Api.CodeAsync("reports.delete", $$"""{"task":"{{id}}"}"""));
        Assert.Equal("""{"archived":1}""", await DoAsync("archive"));
        Assert.Contains("archived", (await host.Api.TaskAsync(id))["system_tags"]!.ToJsonString());
        Assert.Equal("""{"unarchived":1}""", await DoAsync("unarchive"));
        Assert.Equal("""["hidden"]""", (await host.Api.TaskAsync(id))["system_tags"]!.ToJsonString());
        await DoAsync("archive");
        Assert.Equal("""{"deleted":1}""", await DoAsync("delete"));
        Assert.Equal((400, 101), await host.Api.CodeAsync("reports.archive", $$"""{"task":"{{id}}"}"""));

        async Task<string> DoAsync(string what) =>
            (await host.Api.DataAsync($"reports.{what}", $$"""{"task":"{{id}}"}""")).ToJsonString();
    }

    [Theory]
    [InlineData("update")]
    [InlineData("move")]
    [InlineData("publish")]
    [InlineData("archive")]
    [InlineData("unarchive")]
    [InlineData("delete")]
    public async Task What_is_no_report_is_left_alone(string what)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync("a task");

        var code = await host.Api.CodeAsync(
            $"reports.{what}",
            $$"""{"task":"{{task}}","name":"changed","project_name":"elsewhere","force":true}"""
        );

        Assert.Equal((400, 150), code);
        var left = await host.Api.TaskAsync(task);
        Assert.Equal("a task", left["name"]!.GetValue<string>());
        Assert.Equal("created", left["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_shows_what_tasks_logged()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (one, two) = (await host.Api.CreateTaskAsync("one"), await host.Api.CreateTaskAsync("two"));
        await EventLines.AddAsync(
            host,
            EventLines.Scalar(one, "loss", "train", 0, "1"),
            EventLines.Scalar(two, "loss", "train", 0, "2"),
            EventLines.Scalar(two, "other", "train", 0, "3"),
            EventLines.Scalar(one, "Summary", "best", int.MinValue, "9"),
            EventLines.Plot(one, "roc", "curve", 1),
            EventLines
                .Plot(two, "photo", "x", 1)
                .Replace("\"plot\"", "\"training_debug_image\"")
                .Replace("\"plot_str\":\"{}\"", "\"url\":\"http://f/x_00000001.png\"")
        );

        var data = await host.Api.DataAsync(
            "reports.get_task_data",
            $$"""
            {"id":["{{one}}","{{two}}"],"only_fields":["name"],"order_by":["name"],"plots":{"iters":1},
             "scalar_metrics_iter_histogram":{"metrics":[{"metric":"loss"}]},"single_value_metrics":{},
             "debug_images":{"iters":1,"metrics":[{"metric":"photo"}]} }
            """
        );

        Assert.Equal(["one", "two"], data["tasks"]!.AsArray().Select(task => task!["name"]!.GetValue<string>()));
        Assert.NotNull(data["plots"]!["roc"]!["curve"]![one]!["1"]);
        Assert.Equal("loss", Assert.Single(data["scalar_metrics_iter_histogram"]!.AsObject()).Key);
        Assert.Equal("[2]", data["scalar_metrics_iter_histogram"]!["loss"]!["train"]![two]!["y"]!.ToJsonString());
        Assert.Equal(9, data["single_value_metrics"]![0]!["values"]![0]!["value"]!.GetValue<int>());
        var images = data["debug_images"]!.AsArray().Single(task => task!["task"]!.GetValue<string>() == two);
        Assert.Equal("photo", images!["iterations"]![0]!["events"]![0]!["metric"]!.GetValue<string>());
        var plain = await host.Api.DataAsync("reports.get_task_data", """{"name":"one"}""");
        Assert.Equal(["tasks"], plain.Select(field => field.Key));
    }

    [Fact]
    public async Task A_report_that_a_job_writes_is_a_child_of_its_run()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var run = await host.UseJobAsync("p", "attempt");

        var id = await CreateAsync(host, "findings", ""","report":"# By itself" """);

        Assert.NotEqual(run.ToString(), id);
        Assert.Equal(run.ToString(), (await host.Api.TaskAsync(id))["parent"]!.GetValue<string>());
        Assert.Equal(run.ToString(), await host.Api.CreateTaskAsync("joins"));
    }

    [Fact]
    public async Task A_copy_of_a_report_says_the_same()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await CreateAsync(host, "findings", ""","report":"# One" """);

        var copy = await host.Api.IdAsync("tasks.clone", $$"""{"task":"{{id}}"}""");

        Assert.Equal("# One", (await host.Api.TaskAsync(copy))["report"]!.GetValue<string>());
    }

    private static Task<string> CreateAsync(ClearMLHost host, string name, string more) =>
        host.Api.IdAsync("reports.create", $$"""{"name":"{{name}}"{{more}}}""");

    private static async Task<string> ListAsync(ClearMLHost host, string query) =>
        string.Join(
            ' ',
            (await host.Api.DataAsync("reports.get_all_ex", query))["tasks"]!
                .AsArray()
                .Select(report => report!["name"]!.GetValue<string>())
        );
}
