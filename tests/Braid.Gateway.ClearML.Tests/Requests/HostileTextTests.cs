using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Requests;

/// <summary>Whatever text a client sends, wherever it may be sent: it is kept, or refused as the client's mistake.</summary>
public sealed class HostileTextTests
{
    public static TheoryData<string, string> Requests =>
        new()
        {
            {
                "tasks.create",
                """
                    {"name":"nameX","type":"training","comment":"X","tags":["X"],"system_tags":["X"],
                     "hyperparams":{"X":{"X":{"section":"X","name":"X","value":"X","type":"X","description":"X"} } },
                     "configuration":{"X":{"name":"X","value":"X","type":"X"} },"runtime":{"X":"X","_n":{"X":["X"]} },
                     "script":{"diff":"X","repository":"X","requirements":{"pip":"X"} },"container":{"image":"X"},
                     "execution":{"artifacts":[{"key":"X","type":"X","uri":"X","hash":"X","type_data":{"preview":"X"} }]} }
                    """
            },
            { "tasks.create", """{"name":"nameX","type":"X"}""" },
            { "tasks.get_by_id", """{"task":"X"}""" },
            { "tasks.get_all", """{"name":"X","tags":["X"],"id":["X"],"project":["X"],"status":["X"],"type":["X"]}""" },
            { "tasks.get_all", """{"search_text":"X","_any_":{"fields":["name","X"],"pattern":"X"}}""" },
            { "tasks.get_all", """{"hyperparams.X.X":["X"],"runtime.X":"X","last_metrics.X.X.value":[1,null]}""" },
            {
                "tasks.get_all_ex",
                """{"only_fields":["runtime.X","parent.X","hyperparams.X"],"order_by":["runtime.X"]}"""
            },
            { "tasks.get_all", """{"created":["X",null]}""" },
            { "tasks.get_all", """{"scroll_id":"X"}""" },
            { "tasks.update_batch", """{"task":"X","name":"X"}""" },
            {
                "projects.create",
                """{"name":"a/X/b","description":"X","tags":["X"],"default_output_destination":"X"}"""
            },
            {
                "projects.get_all_ex",
                """{"name":"X","children_type":"X","children_tags":["X"],"active_users":["X"]}"""
            },
            { "projects.get_hyperparam_values", """{"projects":["X"],"section":"X","name":"X","pattern":"X"}""" },
            { "models.create", """{"name":"nameX","uri":"X","framework":"X","labels":{"X":1},"design":{"X":"X"}}""" },
            { "models.get_all_ex", """{"name":"X","metadata.X.value":"X","uri":["X"],"framework":["X"]}""" },
            { "queues.create", """{"name":"nameX","display_name":"X","tags":["X"],"metadata":{"X":{"key":"X"} } }""" },
            { "queues.get_all", """{"name":"X","id":["X"]}""" },
            { "workers.register", """{"worker":"X","tags":["X"],"resources":{"X":"X"}}""" },
            { "workers.get_all", """{"worker_pattern":"X","tags":["X"]}""" },
            { "reports.create", """{"name":"nameX","report":"X","report_assets":["X"],"comment":"X"}""" },
            { "reports.get_all_ex", """{"report":"X"}""" },
            { "events.get_task_events", """{"task":"X","scroll_id":"X","event_type":"X"}""" },
            { "events.add_batch", """{"task":"X","type":"X","metric":"X"}""" },
            { "organization.get_entities_count", """{"tasks":{"name":"X"},"active_users":["X"]}""" },
            { "organization.download_for_get_all", """{"prepare_id":"X"}""" },
            { "users.set_preferences", """{"preferences":{"X":{"X":"X"} } }""" },
            { "auth.create_credentials", """{"label":"X"}""" },
            { "auth.validate_token", """{"token":"X"}""" },
            { "debug.ping", """{"X":"X"}""" },
            { "server.config", """{"path":"X"}""" },
        };

    [Theory, MemberData(nameof(Requests))]
    public async Task No_text_is_a_fault_of_the_server(string endpoint, string json)
    {
        await using var host = await ClearMLHost.StartAsync();
        foreach (
            var text in (string[])
                [
                    "\\udc80",
                    "\\ud800x",
                    "\\u0000",
                    "../../etc/passwd",
                    "%2e%2e%2f%00",
                    "'; DROP TABLE run; --",
                    "$where",
                    "a.b..c",
                    "%%_%2E%",
                    "(((((",
                    "(a+)+$",
                    "\\u202e\\ufeff\\n\\r\\t",
                    new string('x', 100_000),
                ]
        )
        {
            var reply = await host.Api.CallAsync(endpoint, json.ReplaceLineEndings("").Replace("X", text), "2.34");

            Assert.True(reply.Code is 200 or 400, $"{text[..Math.Min(20, text.Length)]}: {reply.Code} {reply.Message}");
        }
    }

    [Theory]
    [InlineData("/v2.23/tasks.get_all?name=%ED%B2%80")]
    [InlineData("/v2.23/tasks.get_all?name=%00&tags[]=%FF")]
    [InlineData("/v2.23/tasks.get_all?a.b.c=%00&a.b=1&a=2")]
    [InlineData("/v2.23/tasks.%ED%B2%80")]
    [InlineData("/v2.23/../../tasks.get_all")]
    [InlineData("/v99999999999999999999.1/tasks.get_all")]
    public async Task No_address_is_a_fault_of_the_server(string address)
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);

        Assert.NotEqual(500, (await host.Api.SendAsync(request)).Code);
    }

    [Theory]
    [InlineData("{\"name\":\"dem")]
    [InlineData("{\"name\":\"demo\",\"type\":\"training\"")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"name\":\"demo\",\"name\":\"demo\",\"type\":\"training\"}")]
    public async Task A_body_that_is_no_object_makes_nothing(string body)
    {
        await using var host = await ClearMLHost.StartAsync();

        Assert.Equal(400, (await host.Api.CallAsync("tasks.create", body)).Code);

        Assert.Empty(await host.Api.NamesAsync("tasks", "{}"));
    }

    [Theory]
    [InlineData("tags", 2_000, 200)]
    [InlineData("tags", 40_000, 400)]
    [InlineData("name\\u0000", 40_000, 200)]
    [InlineData("id", 40_000, 400)]
    [InlineData("status", 40_000, 400)]
    public async Task A_list_of_many_values_is_a_condition_or_refused_with_the_reason(string field, int count, int code)
    {
        await using var host = await ClearMLHost.StartAsync();
        var values = string.Join(',', Enumerable.Range(0, count).Select(number => $"\"{number:x32}\""));
        foreach (var endpoint in (string[])["tasks.get_all_ex", "models.get_all", "projects.get_all", "queues.get_all"])
        {
            var reply = await host.Api.CallAsync(endpoint, $$"""{"{{field}}":[{{values}}]}""");

            Assert.True(reply.Code is 200 || reply.Code == code, $"{endpoint}: {reply.Code} {reply.Message}");
            Assert.True(code == 200 || endpoint != "tasks.get_all_ex" || reply.Code == code, reply.Message);
        }
    }

    [Theory]
    [InlineData("""{"name":"(a+)+$"}""")]
    [InlineData("""{"_any_":{"fields":["name"],"pattern":"(a+)+$"}}""")]
    public async Task A_pattern_that_would_match_for_ever_is_given_up_with_the_reason(string query)
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.CreateTaskAsync(new string('a', 60) + "!");

        var reply = await host.Api.CallAsync("tasks.get_all", query);

        Assert.Equal((400, 12), (reply.Code, reply.Subcode));
        Assert.Contains("regular expression", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_nested_beyond_all_measure_is_refused()
    {
        await using var host = await ClearMLHost.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);

        Assert.Equal(400, (await host.Api.CallAsync("tasks.get_all", deep)).Code);
    }

    [Fact]
    public async Task A_batch_whose_last_line_is_cut_is_refused_whole()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var lines = Enumerable.Range(0, 50).Select(step => Events.EventLines.Scalar(task, "loss", "train", step, "1"));
        var batch = string.Join('\n', lines);

        Assert.Equal((400, 12), await CodeAsync(batch[..^10]));

        var found = await host.Api.DataAsync("events.get_task_events", $$"""{"task":"{{task}}"}""");
        Assert.Equal(0, found["total"]!.GetValue<int>());

        async Task<(int, int)> CodeAsync(string body)
        {
            var reply = await host.Api.CallAsync("events.add_batch", body);
            return (reply.Code, reply.Subcode);
        }
    }
}
