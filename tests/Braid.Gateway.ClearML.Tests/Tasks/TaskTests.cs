using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Tasks;

public sealed class TaskTests
{
    [Fact]
    public async Task A_new_task_has_every_container_that_clients_look_into()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("demo project");
        var id = await host.Api.CreateTaskAsync(
            "demo",
            $$""","project":"{{project}}","system_tags":["development"],"comment":"hi" """
        );

        var task = await host.Api.TaskAsync(id);

        Assert.Equal("created", task["status"]!.GetValue<string>());
        Assert.Equal(project, task["project"]!.GetValue<string>());
        Assert.Equal("""["development"]""", task["system_tags"]!.ToJsonString());
        foreach (
            var name in (string[])["hyperparams", "configuration", "runtime", "container", "output", "last_metrics"]
        )
        {
            Assert.Equal("{}", task[name]!.ToJsonString());
        }

        Assert.Equal("""{"input":[],"output":[]}""", task["models"]!.ToJsonString());
        Assert.Equal("[]", task["execution"]!["artifacts"]!.ToJsonString());
        Assert.EndsWith("000+00:00", task["last_update"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_merges_documents_and_replaces_the_rest()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        await EditAsync(
            host,
            id,
            """{"script":{"repository":" repo ","diff":" d "},"runtime":{"a":1},"output_dest":"http://x"}"""
        );
        await EditAsync(host, id, """{"script":{"branch":"main"},"runtime":{"_b":null,"c":true}}""");

        var task = await host.Api.TaskAsync(id);

        Assert.Equal("repo", task["script"]!["repository"]!.GetValue<string>());
        Assert.Equal(" d ", task["script"]!["diff"]!.GetValue<string>());
        Assert.Equal("main", task["script"]!["branch"]!.GetValue<string>());
        Assert.Equal("http://x", task["output"]!["destination"]!.GetValue<string>());
        Assert.Equal("""{"_b":null,"c":true}""", task["runtime"]!.ToJsonString());
    }

    [Fact]
    public async Task Edit_without_force_is_for_drafts()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{id}}"}""");

        var refused = await host.Api.CallAsync("tasks.edit", $$"""{"task":"{{id}}","comment":"x"}""");

        Assert.Equal((400, 110), (refused.Code, refused.Subcode));
        await EditAsync(host, id, """{"comment":"x"}""");
    }

    [Fact]
    public async Task Hyper_parameters_are_set_replaced_and_deleted_by_section()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        await EditAsync(
            host,
            id,
            """{"hyperparams":{"General":{"lr":{"section":"General","name":"lr","value":0.1,"type":"float"}},"Args":{"n":{"value":"3"}}}}"""
        );
        await host.Api.DataAsync(
            "tasks.edit_hyper_params",
            $$"""{"task":"{{id}}","hyperparams":[{"section":"Properties","name":"p/q.r","value":"1"},{"section":"Args","name":"m","value":"4"}],"replace_hyperparams":"section"}"""
        );
        await host.Api.DataAsync(
            "tasks.delete_hyper_params",
            $$"""{"task":"{{id}}","hyperparams":[{"section":"General"}],"force":true}"""
        );

        var read = await host.Api.DataAsync("tasks.get_hyper_params", $$"""{"tasks":["{{id}}"]}""");

        var items = read["params"]![0]!["hyperparams"]!
            .AsArray()
            .Select(item => $"{item!["section"]}/{item["name"]}={item["value"]}");
        Assert.Equal(["Args/m=4", "properties/p/q.r=1"], items);
        Assert.Equal("4", (await host.Api.TaskAsync(id))["hyperparams"]!["Args"]!["m"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Statuses_follow_the_clients_reports()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();

        var started = await host.Api.DataAsync("tasks.started", $$"""{"task":"{{id}}","status_reason":"go"}""");
        var closed = await host.Api.CallAsync("tasks.close", $$"""{"task":"{{id}}"}""");
        var completed = await host.Api.DataAsync("tasks.completed", $$"""{"task":"{{id}}","publish":true}""");

        Assert.Equal(1, started["started"]!.GetValue<int>());
        Assert.Equal("in_progress", started["fields"]!["status"]!.GetValue<string>());
        Assert.Equal((400, 110), (closed.Code, closed.Subcode));
        Assert.Equal(1, completed["published"]!.GetValue<int>());
        Assert.Equal("published", (await host.Api.TaskAsync(id))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Stopping_a_task_that_no_worker_runs_stops_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync("demo", ""","system_tags":["development"]""");
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{id}}"}""");

        var stopped = await host.Api.DataAsync("tasks.stop", $$"""{"task":"{{id}}"}""");

        Assert.Equal("stopped", stopped["fields"]!["status"]!.GetValue<string>());
        Assert.Equal("Stopped by anonymous", stopped["fields"]!["status_message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Artifacts_are_described_by_key_and_mode()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        const string artifact =
            """{"key":"k","type":"json","uri":"u","content_size":3,"hash":"h","timestamp":5,"type_data":{"preview":"p"},"display_data":[["a","b"]]}""";
        await host.Api.DataAsync(
            "tasks.add_or_update_artifacts",
            $$"""{"task":"{{id}}","artifacts":[{{artifact}}],"force":true}"""
        );

        var stored = (await host.Api.TaskAsync(id))["execution"]!["artifacts"]![0]!;

        Assert.Equal("output", stored["mode"]!.GetValue<string>());
        Assert.Equal("""[["a","b"]]""", stored["display_data"]!.ToJsonString());
        Assert.Equal("p", stored["type_data"]!["preview"]!.GetValue<string>());
        await host.Api.DataAsync("tasks.delete_artifacts", $$"""{"task":"{{id}}","artifacts":[{"key":"k"}]}""");
        Assert.Equal("[]", (await host.Api.TaskAsync(id))["execution"]!["artifacts"]!.ToJsonString());
    }

    [Fact]
    public async Task A_clone_is_a_draft_without_what_the_source_logged()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync("source", ""","system_tags":["development"],"tags":["t1"]""");
        await EditAsync(
            host,
            id,
            """{"script":{"branch":"main"},"runtime":{"a":1},"hyperparams":{"Args":{"n":{"value":"3"}}}}"""
        );
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{id}}"}""");

        var clone = await host.Api.IdAsync(
            "tasks.clone",
            $$"""{"task":"{{id}}","new_task_name":"copy","new_project_name":"else/where"}"""
        );

        var task = await host.Api.TaskAsync(clone);
        Assert.Equal("created", task["status"]!.GetValue<string>());
        Assert.Equal(id, task["parent"]!.GetValue<string>());
        Assert.Equal("main", task["script"]!["branch"]!.GetValue<string>());
        Assert.Equal("3", task["hyperparams"]!["Args"]!["n"]!["value"]!.GetValue<string>());
        Assert.Equal("{}", task["runtime"]!.ToJsonString());
        Assert.Equal("[]", task["system_tags"]!.ToJsonString());
        Assert.Equal("""["t1"]""", task["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Reset_makes_a_draft_and_delete_needs_force_after_that()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        var one = $$"""{"task":"{{id}}"}""";
        await host.Api.DataAsync("tasks.started", one);

        var refused = await host.Api.CallAsync("tasks.delete", one);
        var reset = await host.Api.DataAsync("tasks.reset", one);
        var deleted = await host.Api.DataAsync("tasks.delete", one);
        var gone = await host.Api.CallAsync("tasks.get_by_id", one);

        Assert.Equal((400, 123), (refused.Code, refused.Subcode));
        Assert.Equal("created", reset["fields"]!["status"]!.GetValue<string>());
        Assert.True(deleted["deleted"]!.GetValue<bool>());
        Assert.Equal((400, 101), (gone.Code, gone.Subcode));
    }

    [Theory]
    [InlineData("""{"type":"training"}""", 400, 11)]
    [InlineData("""{"name":"demo"}""", 400, 11)]
    [InlineData("""{"name":"ab","type":"training"}""", 400, 12)]
    [InlineData("""{"name":"demo","type":"nonsense"}""", 400, 12)]
    [InlineData("""{"name":"demo","type":"training","hyperparams":{"":{"a":{"value":"1"}}}}""", 400, 12)]
    [InlineData("""{"name":"demo","type":"training","hyperparams":7}""", 400, 12)]
    [InlineData("""{"name":"demo","type":"training","project":"00000000000000000000000000000001"}""", 400, 401)]
    [InlineData("""{"name":"demo","type":"training","parent":"00000000000000000000000000000001"}""", 400, 101)]
    public async Task A_task_that_cannot_be_made_is_refused(string body, int code, int subcode)
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync("tasks.create", body);

        Assert.Equal((code, subcode), (reply.Code, reply.Subcode));
        Assert.Empty(await host.Api.NamesAsync("tasks", "{}"));
    }

    private static Task<JsonObject> EditAsync(ClearMLHost host, string id, string fields)
    {
        var body = JsonNode.Parse(fields)!.AsObject();
        body["task"] = id;
        body["force"] = true;
        return host.Api.DataAsync("tasks.edit", body.ToJsonString());
    }
}
