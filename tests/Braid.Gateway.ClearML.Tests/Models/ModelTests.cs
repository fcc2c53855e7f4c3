using Braid.Gateway.ClearML.Tests.Events;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Models;

public sealed class ModelTests
{
    [Fact]
    public async Task A_model_goes_from_draft_to_published_the_way_the_SDK_takes_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var id = await host.Api.IdAsync(
            "models.create",
            """{"name":"mm model","uri":"file:///uploading_file","ready":false,"labels":{"cat":1},"public":false}"""
        );
        await host.Api.DataAsync(
            "models.edit",
            $$"""{"model":"{{id}}","task":"{{task}}","uri":"http://files/m.pt","framework":"PyTorch","design":{"design":"d"},"iteration":7,"tags":["v1"]}"""
        );
        await host.Api.DataAsync(
            "tasks.add_or_update_model",
            $$"""{"task":"{{task}}","name":"m","model":"{{id}}","type":"output","iteration":7}"""
        );
        await host.Api.DataAsync(
            "models.add_or_update_metadata",
            $$"""{"model":"{{id}}","metadata":[{"key":"k","type":"str","value":"v"}],"replace_metadata":false}"""
        );

        var model = (await host.Api.DataAsync("models.get_by_id", $$"""{"model":"{{id}}"}"""))["model"]!;

        Assert.False(model["ready"]!.GetValue<bool>());
        Assert.Equal(task, model["task"]!.GetValue<string>());
        Assert.Equal("""{"cat":1}""", model["labels"]!.ToJsonString());
        Assert.Equal("v", model["metadata"]!["k"]!["value"]!.GetValue<string>());
        var linked = await host.Api.TaskAsync(task);
        Assert.Equal(7, linked["last_iteration"]!.GetValue<int>());
        Assert.Equal(id, linked["models"]!["output"]![0]!["model"]!.GetValue<string>());
        var found = await host.Api.NamesAsync(
            "models",
            """{"name":"^mm\\ model$","tags":["v1"],"system_tags":["-archived"],"metadata.k.value":"v","order_by":["-created"]}"""
        );
        Assert.Equal(["mm model"], found);
        var publish = $$"""{"model":"{{id}}","publish_task":false}""";
        Assert.Equal(1, (await host.Api.DataAsync("models.set_ready", publish))["updated"]!.GetValue<int>());
        var again = await host.Api.CallAsync("models.set_ready", publish);
        Assert.Equal((400, 203), (again.Code, again.Subcode));
    }

    [Fact]
    public async Task What_a_model_logged_last_is_shown_and_what_it_is_found_and_ordered_by()
    {
        await using var host = await ClearMLHost.StartAsync();
        foreach (var (name, value) in new[] { ("good", 9), ("bad", 1) })
        {
            var id = await host.Api.IdAsync(
                "models.create",
                $$"""{"name":"{{name}} model","uri":"http://x/m","ready":false}"""
            );
            await EventLines.AddAsync(
                host,
                EventLines.Scalar(id, "acc", "test", 0, $"{value}").Insert(1, "\"model_event\":true,")
            );
        }

        var path = $"last_metrics.{ClearML.Tasks.LastMetrics.Key("acc")}.{ClearML.Tasks.LastMetrics.Key("test")}";
        var found = await host.Api.DataAsync(
            "models.get_all",
            $$"""{"order_by":["-{{path}}.value"],"only_fields":["name","{{path}}.value"],"{{path}}.value":[5,null]}"""
        );
        var only = Assert.Single(found["models"]!.AsArray())!;
        var whole = await host.Api.DataAsync("models.get_by_id", $$"""{"model":"{{only["id"]}}"}""");

        Assert.Equal("good model", only["name"]!.GetValue<string>());
        Assert.Equal(
            """{"value":9}""",
            only["last_metrics"]!.AsObject().Single().Value!.AsObject().Single().Value!.ToJsonString()
        );
        Assert.Equal(
            "acc",
            whole["model"]!["last_metrics"]!.AsObject().Single().Value!.AsObject().Single().Value![
                "metric"
            ]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task The_model_that_a_task_made_last_is_found_by_the_task()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var none = await host.Api.CallAsync("models.get_by_task_id", $$"""{"task":"{{task}}"}""");
        Assert.Equal((400, 201), (none.Code, none.Subcode));

        var first = await UpdateAsync("http://files/1", created: true);
        Assert.Equal(first, await UpdateAsync("http://files/2", created: false));

        var model = (await host.Api.DataAsync("models.get_by_task_id", $$"""{"task":"{{task}}"}"""))["model"]!;
        Assert.Equal(first, model["id"]!.GetValue<string>());
        Assert.Equal("http://files/2", model["uri"]!.GetValue<string>());
        Assert.Equal(4, (await host.Api.TaskAsync(task))["last_iteration"]!.GetValue<int>());

        async Task<string> UpdateAsync(string uri, bool created)
        {
            var data = await host.Api.DataAsync(
                "models.update_for_task",
                $$"""{"task":"{{task}}","uri":"{{uri}}","iteration":4}""",
                "2.9"
            );
            Assert.Equal(created, data["created"]!.GetValue<bool>());
            return data["id"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task Metadata_goes_by_its_keys_and_classes_are_counted()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.IdAsync(
            "models.create",
            """
            {"name":"net","uri":"http://x/m","labels":{"cat":1,"dog":2},
             "metadata":[{"key":"a","type":"str","value":"1"},{"key":"b","type":"str","value":"2"}]}
            """
        );

        await host.Api.DataAsync("models.delete_metadata", $$"""{"model":"{{id}}","keys":["a"]}""");

        var found = await host.Api.DataAsync("models.get_all_ex", """{"include_stats":true,"tags":[null]}""");
        var model = Assert.Single(found["models"]!.AsArray())!;
        Assert.Equal(["b"], model["metadata"]!.AsObject().Select(item => item.Key));
        Assert.Equal(2, model["stats"]!["labels_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Archiving_tells_of_each_model()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.IdAsync("models.create", """{"name":"model","uri":"u"}""");

        var archived = await host.Api.DataAsync("models.archive_many", $$"""{"ids":["{{id}}","nonsense"]}""");

        Assert.Equal($$"""[{"archived":true,"id":"{{id}}"}]""", archived["succeeded"]!.ToJsonString());
        Assert.Equal("[400,201]", archived["failed"]![0]!["error"]!["codes"]!.ToJsonString());
        Assert.Empty(await host.Api.NamesAsync("models", """{"system_tags":["-archived"]}"""));
        await host.Api.DataAsync("models.unarchive_many", $$"""{"ids":["{{id}}"]}""");
        Assert.Equal(["model"], await host.Api.NamesAsync("models", """{"system_tags":["-archived"]}"""));
    }

    [Fact]
    public async Task A_model_that_a_task_reads_is_deleted_by_force_only()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var id = await host.Api.IdAsync("models.create", """{"name":"model","uri":"http://files/m.pt"}""");
        await host.Api.DataAsync(
            "tasks.add_or_update_model",
            $$"""{"task":"{{task}}","name":"m","model":"{{id}}","type":"input"}"""
        );

        var refused = await host.Api.CallAsync("models.delete", $$"""{"model":"{{id}}"}""");
        var deleted = await host.Api.DataAsync("models.delete", $$"""{"model":"{{id}}","force":true}""");

        Assert.Equal((400, 205), (refused.Code, refused.Subcode));
        Assert.Equal("http://files/m.pt", deleted["url"]!.GetValue<string>());
        var gone = await host.Api.CallAsync("models.get_by_id", $$"""{"model":"{{id}}"}""");
        Assert.Equal((400, 201), (gone.Code, gone.Subcode));
    }

    [Theory]
    [InlineData("models.create", """{"name":"model"}""", 400, 11)]
    [InlineData("models.create", """{"name":"model","uri":"u","labels":{"a":"b"}}""", 400, 12)]
    [InlineData("models.get_by_id", """{"model":"nonsense"}""", 400, 201)]
    [InlineData("models.edit", """{"model":"00000000000000000000000000000001","name":"x"}""", 400, 201)]
    public async Task What_is_refused_has_the_protocols_code(string endpoint, string body, int code, int subcode)
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync(endpoint, body);

        Assert.Equal((code, subcode), (reply.Code, reply.Subcode));
    }
}
