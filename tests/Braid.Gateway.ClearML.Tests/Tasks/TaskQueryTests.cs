using System.Security.Cryptography;
using System.Text;
using Braid.Gateway.ClearML.Tests.Events;
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
    [InlineData("""{"tags":[null]}""", "task c")]
    [InlineData("""{"tags":["y",null]}""", "task b,task c")]
    [InlineData("""{"tags":["__$not",null]}""", "task a,task b")]
    [InlineData("""{"filters":{"hyperparams.Args.n":{"any":{"include":["1","10"]}}}}""", "task a,task c")]
    [InlineData(
        """{"filters":{"tags":{"any":{"include":["y"]},"all":{"exclude":["x"]},"op":"or"}}}""",
        "task b,task c"
    )]
    [InlineData("""{"hyperparams.Args.a%2Eb%%.value":["1"]}""", "task a")]
    [InlineData("""{"runtime._hash":"h2"}""", "task b")]
    [InlineData("""{"runtime.%_hash":[null]}""", "")]
    [InlineData("""{"_all_":{"fields":["runtime._hash"],"pattern":"^h10$"}}""", "task c")]
    [InlineData("""{"order_by":["-runtime._hash"],"page_size":1}""", "task b")]
    [InlineData("""{"models.input.model":[null]}""", "task a,task b,task c")]
    [InlineData("""{"execution.queue":[null]}""", "task a,task b,task c")]
    [InlineData("""{"active_duration":[0,null]}""", "task c")]
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
    public async Task Tasks_are_found_ordered_and_shown_by_their_last_metrics()
    {
        await using var host = await ClearMLHost.StartAsync();
        foreach (var (name, values) in new[] { ("low", new[] { 9, 2 }), ("high", [1, 10]), ("none", []) })
        {
            var id = await host.Api.CreateTaskAsync(name);
            for (var step = 0; step < values.Length; step++)
            {
                await EventLines.AddAsync(host, EventLines.Scalar(id, "loss", "train", step, $"{values[step]}"));
            }
        }

        var path = Metric("loss", "train");
        Assert.Equal(
            ["low", "high", "none"],
            await host.Api.NamesAsync("tasks", $$"""{"order_by":["{{path}}.value"]}""")
        );
        Assert.Equal(
            ["low", "high", "none"],
            await host.Api.NamesAsync("tasks", $$"""{"order_by":["-{{path}}.first_value"]}""")
        );
        Assert.Equal(
            ["high"],
            await host.Api.NamesAsync("tasks", $$"""{"order_by":["{{path}}.min_value"],"page_size":1}""")
        );
        Assert.Equal(["high"], await host.Api.NamesAsync("tasks", $$"""{"{{path}}.value":[5,null]}"""));
        Assert.Equal(["low"], await host.Api.NamesAsync("tasks", $$"""{"{{path}}.max_value":[null,9]}"""));
        var shown = await host.Api.DataAsync("tasks.get_all", $$"""{"name":"low","only_fields":["{{path}}.value"]}""");
        var metrics = shown["tasks"]![0]!["last_metrics"]!.AsObject();
        Assert.Equal("""{"value":2}""", metrics.Single().Value!.AsObject().Single().Value!.ToJsonString());
        Assert.Equal(400, (await host.Api.CallAsync("tasks.get_all", $$"""{"order_by":["{{path}}.nonsense"]}""")).Code);
    }

    [Fact]
    public async Task A_task_shows_2000_last_metrics_and_any_other_by_its_name()
    {
        await using var host = await ClearMLHost.StartAsync();
        var id = await host.Api.CreateTaskAsync();
        var names = Enumerable.Range(0, 2001).Select(number => $"m{number:0000}");
        await EventLines.AddAsync(host, [.. names.Select(name => EventLines.Scalar(id, name, "x", 0, "7"))]);

        var shown = (await host.Api.TaskAsync(id))["last_metrics"]!.AsObject();
        var last = await host.Api.DataAsync(
            "tasks.get_all",
            $$"""{"id":["{{id}}"],"only_fields":["{{Metric("m2000", "x")}}.value"]}"""
        );

        Assert.Equal(2000, shown.Sum(metric => metric.Value!.AsObject().Count));
        Assert.Equal(
            """{"value":7}""",
            last["tasks"]![0]!["last_metrics"]!.AsObject().Single().Value!.AsObject().Single().Value!.ToJsonString()
        );
    }

    private static string Metric(string title, string series) => $"last_metrics.{Md5(title)}.{Md5(series)}";

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

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
             "hyperparams":{"Args":{"n":{"value":"{{n}}"},"a.b%":{"value":"{{n}}"} } },
             "runtime":{"_hash":"h{{n}}"} }
            """
        );
}
