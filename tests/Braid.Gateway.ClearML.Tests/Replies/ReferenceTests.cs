using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Events;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Replies;

/// <summary>The <c>..._ex</c> lists tell of the things that those in them refer to what is asked for.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData(
        """["parent.status","parent.name"]""",
        """{"id":"CHILD","parent":{"id":"PARENT","status":"in_progress","name":"the parent"}}"""
    )]
    [InlineData("""["project.basename"]""", """{"id":"CHILD","project":{"id":"PROJECT","basename":"inner"}}""")]
    [InlineData(
        """["parent.project.basename","parent.id"]""",
        """{"id":"CHILD","parent":{"id":"PARENT","project":{"id":"PROJECT","basename":"inner"}}}"""
    )]
    [InlineData(
        """["models.input.model.framework","models.input.model.project.name"]""",
        """{"id":"CHILD","models":{"input":[{"model":{"id":"MODEL","framework":"PyTorch","project":{"id":"PROJECT","name":"outer/inner"}}}]}}"""
    )]
    [InlineData(
        """["execution.queue.tags"]""",
        """{"id":"CHILD","execution":{"queue":{"id":"QUEUE","tags":["fast"]}}}"""
    )]
    [InlineData(
        """["parent.hyperparams.Args.lr.value"]""",
        """{"id":"CHILD","parent":{"id":"PARENT","hyperparams":{"Args":{"lr":{"value":"0.1"}}}}}"""
    )]
    [InlineData(
        """["parent.last_metrics.LOSS.TRAIN.value"]""",
        """{"id":"CHILD","parent":{"id":"PARENT","last_metrics":{"LOSS":{"TRAIN":{"value":3}}}}}"""
    )]
    [InlineData("""["parent"]""", """{"id":"CHILD","parent":{"id":"PARENT","name":"the parent"}}""")]
    [InlineData("""["name"]""", """{"id":"CHILD","name":"child"}""")]
    public async Task Of_what_a_task_refers_to_it_tells_what_is_asked_for(string fields, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();
        var family = await Family.MakeAsync(host, 1);

        var data = await host.Api.DataAsync(
            "tasks.get_all_ex",
            $$"""{"id":["{{family.Children[0]}}"],"only_fields":{{Family.WithKeys(fields)}}}"""
        );

        Assert.Equal(
            Family.WithKeys(family.WithIds(expected)),
            Assert.Single(data["tasks"]!.AsArray())!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("models.get_all_ex", """["task.status","parent.name"]""")]
    [InlineData("models.get_by_id_ex", """["task.status","parent.name"]""")]
    public async Task Of_what_a_model_refers_to_it_tells_what_is_asked_for(string endpoint, string fields)
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync("maker");
        var first = await host.Api.IdAsync("models.create", """{"name":"first","uri":"http://x/1"}""");
        var second = await host.Api.IdAsync(
            "models.create",
            $$"""{"name":"second","uri":"http://x/2","task":"{{task}}","parent":"{{first}}"}"""
        );

        var data = await host.Api.DataAsync(endpoint, $$"""{"id":["{{second}}"],"only_fields":{{fields}}}""");

        Assert.Equal(
            $$"""{"id":"{{second}}","task":{"id":"{{task}}","status":"created"},"parent":{"id":"{{first}}","name":"first"} }""".Replace(
                " }",
                "}"
            ),
            Assert.Single(data["models"]!.AsArray())!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_project_tells_of_the_one_above_and_a_queue_of_what_waits_in_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var family = await Family.MakeAsync(host, 1);

        var projects = await host.Api.DataAsync(
            "projects.get_all_ex",
            $$"""{"id":["{{family.Project}}"],"only_fields":["parent.basename","user"]}"""
        );
        var queues = await host.Api.DataAsync(
            "queues.get_all_ex",
            """{"name":"line","only_fields":["entries.task.status","entries.task.parent.name"]}"""
        );

        Assert.Equal("outer", projects["projects"]![0]!["parent"]!["basename"]!.GetValue<string>());
        Assert.Equal(
            $$"""{"id":"{{family.Children[0]}}","status":"queued","parent":{"id":"{{family.Parent}}","name":"the parent"} }""".Replace(
                " }",
                "}"
            ),
            queues["queues"]![0]!["entries"]![0]!["task"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task What_is_gone_or_was_never_there_keeps_its_id_only()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync("odd", ""","execution":{"queue":"nonsense"}""");
        var model = await host.Api.IdAsync("models.create", """{"name":"net","uri":"http://x/m"}""");
        await host.Api.DataAsync(
            "tasks.edit",
            $$"""{"task":"{{task}}","models":{"input":[{"name":"in","model":"{{model}}"}]} }"""
        );
        await host.Api.DataAsync("models.delete", $$"""{"model":"{{model}}","force":true}""");

        var data = await host.Api.DataAsync("tasks.get_all_ex", $$"""{"id":["{{task}}"]}""");
        var found = Assert.Single(data["tasks"]!.AsArray())!;

        Assert.Equal("""{"id":"nonsense"}""", found["execution"]!["queue"]!.ToJsonString());
        Assert.All(
            found["models"]!["input"]!.AsArray(),
            link => Assert.Equal($$"""{"id":"{{model}}"}""", link!["model"]!.ToJsonString())
        );
    }

    [Fact]
    public async Task A_path_through_many_references_is_refused_with_the_reason()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        var path = string.Join('.', Enumerable.Repeat("parent", 20).Append("name"));
        var others = new List<string> { task };
        for (var depth = 0; depth < 6; depth++)
        {
            others.Add(await host.Api.CreateTaskAsync("next", $$""","parent":"{{others[^1]}}" """));
        }

        var reply = await host.Api.CallAsync("tasks.get_all_ex", $$"""{"only_fields":["{{path}}"]}""");

        Assert.Equal((400, 12), (reply.Code, reply.Subcode));
        Assert.Contains("references", reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "tasks",
        """["parent.status","project.name","user.name","execution.queue.name","models.input.model.name"]"""
    )]
    [InlineData("queues", """["entries.task.status","entries.task.project.name"]""")]
    [InlineData("projects", """["parent.name","user.name","stats","own_tasks"]""")]
    [InlineData("models", """["task.status","project.name"]""")]
    public async Task A_page_costs_the_same_questions_however_long_it_is(string service, string fields)
    {
        await using var host = await ClearMLHost.StartAsync();
        await Family.MakeAsync(host, 1);
        var few = await StatementsAsync(host, service, fields);

        for (var i = 0; i < 3; i++)
        {
            await Family.MakeAsync(host, 3, $"{i}");
        }

        var many = await StatementsAsync(host, service, fields);

        Assert.True(many.Things > few.Things + 1, $"{many.Things} {service}");
        Assert.Equal(few.Statements, many.Statements);
        Assert.InRange(many.Statements, 1, 16);
    }

    [Fact]
    public async Task Workers_cost_the_same_questions_however_many_there_are_and_call_everything_by_name()
    {
        await using var host = await ClearMLHost.StartAsync();
        var family = await Family.MakeAsync(host, 1);
        await ReportAsync("a:0", family);
        var (before, _) = await StatementsAsync(host, "workers", "[]");
        for (var i = 0; i < 3; i++)
        {
            await ReportAsync($"b:{i}", await Family.MakeAsync(host, 1, $"{i}"));
        }

        var (after, count) = await StatementsAsync(host, "workers", "[]");

        Assert.Equal((before, 4), (after, count));
        var worker = (await host.Api.DataAsync("workers.get_all"))["workers"]![0]!;
        Assert.Equal("outer/inner", worker["project"]!["name"]!.GetValue<string>());
        Assert.Equal("child", Assert.Single(worker["queues"]!.AsArray())!["next_task"]!["name"]!.GetValue<string>());
        Assert.NotNull(worker["user"]!["name"]);

        Task ReportAsync(string name, Family of) =>
            host.Api.DataAsync(
                "workers.status_report",
                $$"""{"worker":"{{name}}","timestamp":1,"task":"{{of.Parent}}","queue":"{{of.Queue}}","queues":["{{of.Queue}}"]}"""
            );
    }

    private static async Task<(int Statements, int Things)> StatementsAsync(
        ClearMLHost host,
        string service,
        string fields
    )
    {
        var statements = new ConcurrentQueue<string>();
        var endpoint = service == "workers" ? "workers.get_all" : $"{service}.get_all_ex";
        host.Database.Watch = statements.Enqueue;
        var data = await host.Api.DataAsync(
            endpoint,
            $$"""{"only_fields":{{fields}},"include_stats":true,"include_dataset_stats":true,"check_own_contents":true}"""
        );
        host.Database.Watch = null;
        return (statements.Count, data[service]!.AsArray().Count);
    }

    /// <summary>A running parent in <c>outer/inner</c>, and children of it that wait in a queue and read a model.</summary>
    private sealed record Family(
        string Parent,
        IReadOnlyList<string> Children,
        string Project,
        string Queue,
        string Model
    )
    {
        public static async Task<Family> MakeAsync(ClearMLHost host, int children, string suffix = "")
        {
            var api = host.Api;
            var project = await api.CreateProjectAsync($"outer/inner{suffix}");
            var queue = await api.IdAsync("queues.create", $$"""{"name":"line{{suffix}}","tags":["fast"]}""");
            var parent = await api.CreateTaskAsync(
                "the parent",
                $$""","project":"{{project}}","hyperparams":{"Args":{"lr":{"value":"0.1"} } }"""
            );
            var model = await api.IdAsync(
                "models.create",
                $$"""{"name":"net","uri":"http://x/m","framework":"PyTorch","project":"{{project}}","task":"{{parent}}"}"""
            );
            await api.DataAsync("tasks.started", $$"""{"task":"{{parent}}"}""");
            await EventLines.AddAsync(host, EventLines.Scalar(parent, "loss", "train", 0, "3"));
            var ids = new List<string>();
            for (var i = 0; i < children; i++)
            {
                ids.Add(
                    await api.CreateTaskAsync(
                        "child",
                        $$""","project":"{{project}}","parent":"{{parent}}","models":{"input":[{"name":"in","model":"{{model}}"}]}"""
                    )
                );
                await api.DataAsync("tasks.enqueue", $$"""{"task":"{{ids[^1]}}","queue":"{{queue}}"}""");
            }

            return new(parent, ids, project, queue, model);
        }

        public string WithIds(string json) =>
            json.Replace("CHILD", Children[0])
                .Replace("PARENT", Parent)
                .Replace("PROJECT", Project)
                .Replace("QUEUE", Queue)
                .Replace("MODEL", Model);

        public static string WithKeys(string json) =>
            json.Replace("LOSS", ClearML.Tasks.LastMetrics.Key("loss"))
                .Replace("TRAIN", ClearML.Tasks.LastMetrics.Key("train"));
    }
}
