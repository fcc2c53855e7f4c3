using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Tasks;

public sealed class TaskQueryTests
{
    [Theory]
    [InlineData("""{"name":"^task\\ a$"}""", "task a")]
    [InlineData("""{"name":"task"}""", "task a,task b,task c")]
    [InlineData("""{"tags":["x"]}""", "task a,task b")]
    [InlineData("""{"tags":["-x"]}""", "task c")]
    [InlineData("""{"tags":["x","y"]}""", "task a,task b")]
    [InlineData("""{"tags":["__$all","x","y"]}""", "task b")]
    [InlineData("""{"tags":["__$all","x","__$not","y"]}""", "task a")]
    [InlineData("""{"tags":["__$any","y","__$all","x"]}""", "task a,task b")]
    [InlineData("""{"filters":{"tags":{"all":{"include":["x"],"exclude":["y"]}}}}""", "task a")]
    [InlineData("""{"status":["in_progress"]}""", "task c")]
    [InlineData("""{"status":["-in_progress"]}""", "task a,task b")]
    [InlineData("""{"type":"testing"}""", "task b")]
    [InlineData("""{"parent":[null]}""", "task a,task b,task c")]
    [InlineData("""{"_any_":{"fields":["name","comment"],"pattern":"TASK B|note"}}""", "task a,task b")]
    [InlineData("""{"search_text":"note"}""", "task a")]
    [InlineData("""{"hyperparams.Args.n.value":["2"]}""", "task b")]
    [InlineData("""{"created":[">=2020-01-01T00:00:00",null]}""", "task a,task b,task c")]
    [InlineData("""{"created":["<2020-01-01"]}""", "")]
    [InlineData("""{"last_iteration":[1,null]}""", "")]
    [InlineData("""{"page":1,"page_size":2}""", "task c")]
    [InlineData("""{"page":9,"page_size":2}""", "")]
    [InlineData("""{"order_by":["-name"],"page_size":1}""", "task c")]
    [InlineData("""{"order_by":["-hyperparams.Args.n"],"page_size":1}""", "task c")]
    [InlineData("""{"id":["nonsense"]}""", "")]
    public async Task Tasks_are_found_by_the_query_language(string query, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();
        await CreateAsync(host, "task a", "training", """["x"]""", "1", "a note");
        await CreateAsync(host, "task b", "testing", """["x","y"]""", "2", "");
        var last = await CreateAsync(host, "task c", "training", "[]", "10", "");
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{last}}"}""");
        var ordered = query.Contains("order_by")
            ? query
            : query.Insert(query.Length - 1, """,  "order_by":["name"] """);

        Assert.Equal(expected, string.Join(',', await host.Api.NamesAsync("tasks", ordered)));
    }

    [Fact]
    public async Task A_poll_for_the_status_answers_nothing_else()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();

        var data = await host.Api.DataAsync(
            "tasks.get_all",
            $$"""{"id":["{{id}}"],"only_fields":["status","status_message","id","runtime.version"],"search_hidden":false}"""
        );

        Assert.Equal(
            $$"""{"tasks":[{"id":"{{id}}","status":"created","status_message":"","runtime":{} }]}""".Replace(" ", ""),
            data.ToJsonString()
        );
    }

    [Fact]
    public async Task Scrolling_ends_with_an_empty_page()
    {
        await using var host = await ClearMLHost.StartAsync();
        foreach (var name in (string[])["task a", "task b", "task c"])
        {
            await host.Api.CreateTaskAsync(name);
        }

        var sizes = new List<int>();
        var scroll = "null";
        do
        {
            var data = await host.Api.DataAsync("tasks.get_all", $$"""{"scroll_id":{{scroll}},"size":2}""");
            scroll = data["scroll_id"]!.ToJsonString();
            sizes.Add(data["tasks"]!.AsArray().Count);
        } while (sizes[^1] > 0);

        Assert.Equal([2, 1, 0], sizes);
    }

    [Fact]
    public async Task Projects_below_count_when_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        var inner = await host.Api.CreateProjectAsync("outer/inner");
        var outer = await host.Api.ProjectIdAsync("outer");
        await host.Api.CreateTaskAsync("inside", $$""","project":"{{inner}}" """);

        Assert.Empty(await host.Api.NamesAsync("tasks", $$"""{"project":["{{outer}}"]}"""));
        Assert.Equal(
            ["inside"],
            await host.Api.NamesAsync("tasks", $$"""{"project":["{{outer}}"],"include_subprojects":true}""")
        );
    }

    private static async Task<string> CreateAsync(
        ClearMLHost host,
        string name,
        string type,
        string tags,
        string n,
        string comment
    ) =>
        await host.Api.IdAsync(
            "tasks.create",
            $$"""
            {"name":"{{name}}","type":"{{type}}","tags":{{tags}},"comment":"{{comment}}",
             "hyperparams":{"Args":{"n":{"value":"{{n}}"} } } }
            """
        );
}
