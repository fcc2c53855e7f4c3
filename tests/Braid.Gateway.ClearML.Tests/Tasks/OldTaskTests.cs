using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Tasks;

/// <summary>Clients of old contracts find things where these have them, and what they write is where it is today.</summary>
public sealed class OldTaskTests
{
    [Fact]
    public async Task Before_2_13_a_container_is_a_command_and_there_is_one_model_of_each_kind()
    {
        await using var host = await ClearMLHost.StartAsync();
        var model = await host.Api.IdAsync("models.create", """{"name":"net","uri":"http://x/m"}""");
        var made = await host.Api.DataAsync(
            "tasks.create",
            $$"""{"name":"old","type":"training","execution":{"model":"{{model}}","docker_cmd":"ubuntu:22 -e A=1 -v /x","model_labels":{"cat":1} } }""",
            "2.9"
        );
        var id = made["id"]!.GetValue<string>();
        await host.Api.DataAsync(
            "tasks.add_or_update_model",
            $$"""{"task":"{{id}}","name":"out","model":"{{model}}","type":"output"}"""
        );

        var today = await host.Api.TaskAsync(id);
        var old = (await host.Api.DataAsync("tasks.get_by_id", $$"""{"task":"{{id}}"}""", "2.12"))["task"]!;
        var listed = await host.Api.DataAsync(
            "tasks.get_all",
            $$"""{"id":["{{id}}"],"only_fields":["execution.model","execution.docker_cmd","output.model"]}""",
            "2.9"
        );

        Assert.Equal("ubuntu:22", today["container"]!["image"]!.GetValue<string>());
        Assert.Equal("-e A=1 -v /x", today["container"]!["arguments"]!.GetValue<string>());
        Assert.Equal(model, today["models"]!["input"]![0]!["model"]!.GetValue<string>());
        Assert.Equal("""{"cat":1}""", today["execution"]!["model_labels"]!.ToJsonString());
        Assert.Null(today["execution"]!["model"]);
        Assert.Null(today["execution"]!["docker_cmd"]);
        Assert.Equal("ubuntu:22 -e A=1 -v /x", old["execution"]!["docker_cmd"]!.GetValue<string>());
        Assert.Equal(model, old["execution"]!["model"]!.GetValue<string>());
        Assert.Equal(model, old["output"]!["model"]!.GetValue<string>());
        Assert.Equal(
            $$"""{"model":"{{model}}","docker_cmd":"ubuntu:22 -e A=1 -v /x"}""",
            listed["tasks"]![0]!["execution"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task An_edit_by_an_old_client_that_names_no_model_and_no_command_leaves_them()
    {
        await using var host = await ClearMLHost.StartAsync();
        var model = await host.Api.IdAsync("models.create", """{"name":"net","uri":"http://x/m"}""");
        var id = await host.Api.CreateTaskAsync(
            "demo",
            $$""","container":{"image":"ubuntu"},"models":{"input":[{"name":"in","model":"{{model}}"}]}"""
        );

        await host.Api.DataAsync(
            "tasks.edit",
            $$"""{"task":"{{id}}","execution":{"model":"","docker_cmd":"","parameters":{} } }""",
            "2.5"
        );

        var today = await host.Api.TaskAsync(id);
        Assert.Equal("ubuntu", today["container"]!["image"]!.GetValue<string>());
        Assert.Equal("in", today["models"]!["input"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Before_2_9_parameters_and_texts_that_came_so_are_shown_so()
    {
        await using var host = await ClearMLHost.StartAsync();
        var made = await host.Api.DataAsync(
            "tasks.create",
            """{"name":"old","type":"training","execution":{"parameters":{"lr":"0.1","n":3},"model_desc":{"design":"deep"} } }""",
            "2.5"
        );
        var id = made["id"]!.GetValue<string>();
        await host.Api.DataAsync(
            "tasks.edit_hyper_params",
            $$"""{"task":"{{id}}","hyperparams":[{"section":"General","name":"new","value":"1","type":"int"}]}"""
        );

        var today = await host.Api.TaskAsync(id);
        var old = (await host.Api.DataAsync("tasks.get_by_id", $$"""{"task":"{{id}}"}""", "2.5"))["task"]!;

        Assert.Equal("0.1", today["hyperparams"]!["Args"]!["lr"]!["value"]!.GetValue<string>());
        Assert.Equal("legacy", today["configuration"]!["design"]!["type"]!.GetValue<string>());
        Assert.Equal("{}", today["execution"]!["parameters"]!.ToJsonString());
        Assert.Equal("""{"lr":"0.1","n":"3"}""", old["execution"]!["parameters"]!.ToJsonString());
        Assert.Equal("""{"design":"deep"}""", old["execution"]!["model_desc"]!.ToJsonString());
    }

    [Theory]
    [InlineData("2.13", "[]")]
    [InlineData("2.16", "[]")]
    [InlineData("2.20", """{"k":{"key":"k","type":"str","value":"v"}}""")]
    public async Task From_2_13_to_2_16_metadata_is_an_empty_list(string version, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();
        var model = await host.Api.IdAsync(
            "models.create",
            """{"name":"net","uri":"http://x/m","metadata":[{"key":"k","type":"str","value":"v"}]}"""
        );
        var queue = await host.Api.IdAsync("queues.create", """{"name":"line"}""");
        await host.Api.DataAsync(
            "queues.add_or_update_metadata",
            $$"""{"queue":"{{queue}}","metadata":[{"key":"k","type":"str","value":"v"}]}"""
        );
        async Task<string> MetadataAsync(string endpoint, string json, string one) =>
            (await host.Api.DataAsync(endpoint, json, version))[one]!["metadata"]!.ToJsonString();

        Assert.Equal(expected, await MetadataAsync("models.get_by_id", $$"""{"model":"{{model}}"}""", "model"));
        Assert.Equal(expected, await MetadataAsync("queues.get_by_id", $$"""{"queue":"{{queue}}"}""", "queue"));
        var listed = await host.Api.DataAsync("models.get_all", "{}", version);
        Assert.Equal(expected, listed["models"]![0]!["metadata"]!.ToJsonString());
    }
}
