using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Workers;

public sealed class WorkerTests
{
    [Fact]
    public async Task A_worker_is_listed_with_what_it_runs_and_what_it_listens_to()
    {
        await using var host = await ClearMLHost.StartAsync();
        var queue = await host.Api.IdAsync("queues.create", """{"name":"fast"}""");
        var task = await host.Api.CreateTaskAsync("demo");
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        await host.Api.DataAsync(
            "workers.register",
            $$"""{"worker":"host:gpu0","queues":["{{queue}}"],"tags":["a100"],"timeout":600}"""
        );
        await ReportAsync(host, "host:gpu0", $$""","task":"{{task}}","queue":"{{queue}}","queues":["{{queue}}"]""");

        var worker = Assert.Single(await ListAsync(host, """{"last_seen":3600}"""))!;

        Assert.Equal("host:gpu0", worker["id"]!.GetValue<string>());
        Assert.Equal("demo", worker["task"]!["name"]!.GetValue<string>());
        Assert.Equal("fast", worker["queue"]!["name"]!.GetValue<string>());
        Assert.Equal("fast", Assert.Single(worker["queues"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal("""["a100"]""", worker["tags"]!.ToJsonString());
        Assert.Equal("host:gpu0", (await host.Api.TaskAsync(task))["last_worker"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_registers_and_a_report_without_a_task_ends_it()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await ReportAsync(host, "a:0", $$""","task":"{{task}}","machine_stats":null,"tags":null""");
        Assert.NotNull(Assert.Single(await ListAsync(host, "{}"))!["task"]);

        await ReportAsync(host, "a:0", "");
        Assert.Null(Assert.Single(await ListAsync(host, "{}"))!["task"]);

        await host.Api.DataAsync("workers.unregister", """{"worker":"a:0"}""");
        await host.Api.DataAsync("workers.unregister", """{"worker":"a:0"}""");
        Assert.Empty(await ListAsync(host, "{}"));
    }

    [Fact]
    public async Task Workers_are_found_by_name_and_tags()
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.DataAsync("workers.register", """{"worker":"a:0","tags":["big"]}""");
        await host.Api.DataAsync("workers.register", """{"worker":"b:0","tags":["big","old"]}""");
        async Task<string> NamesAsync(string json) =>
            string.Join(' ', (await ListAsync(host, json)).Select(worker => worker!["id"]!.GetValue<string>()));

        Assert.Equal("a:0 b:0", await NamesAsync("""{"tags":["big"]}"""));
        Assert.Equal("a:0", await NamesAsync("""{"tags":["big","-old"]}"""));
        Assert.Equal("b:0", await NamesAsync("""{"worker_pattern":"^b"}"""));
        Assert.Equal(2, (await host.Api.DataAsync("workers.get_count", "{}", "2.26"))["count"]!.GetValue<int>());
        Assert.Equal(400, (await host.Api.CallAsync("workers.get_all", """{"worker_pattern":"("}""")).Code);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_cannot_be_listened_to()
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync(
            "workers.register",
            $$"""{"worker":"a:0","queues":["{{new string('a', 32)}}"]}"""
        );

        Assert.Equal((400, 701), (reply.Code, reply.Subcode));
    }

    [Fact]
    public async Task What_machines_were_doing_is_aggregated_by_interval()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();
        await ReportAsync(host, "a:0", ""","machine_stats":{"cpu_usage":[10,30],"memory_used":100}""");
        await ReportAsync(
            host,
            "a:0",
            $$""","task":"{{task}}","machine_stats":{"cpu_usage":[50,70],"memory_used":300}"""
        );
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var span = $"\"from_date\":{now - 300},\"to_date\":{now + 300},\"interval\":600";

        var keys = await host.Api.DataAsync("workers.get_metric_keys", "{}");
        var stats = await host.Api.DataAsync(
            "workers.get_stats",
            $$"""
            {{{span}},"worker_ids":["a:0"],"items":[{"key":"cpu_usage","aggregation":"avg"},{"key":"memory_used","aggregation":"max"}]}
            """
        );
        var variants = await host.Api.DataAsync(
            "workers.get_stats",
            $$"""{{{span}},"items":[{"key":"cpu_usage","aggregation":"min"}],"split_by_variant":true}"""
        );
        var resources = await host.Api.DataAsync(
            "workers.get_stats",
            $$"""{{{span}},"items":[{"key":"cpu_usage","aggregation":"max"}],"split_by_resource":true}"""
        );
        var activity = await host.Api.DataAsync("workers.get_activity_report", $$"""{{{span}}}""");

        Assert.Equal(
            """[{"name":"cpu","metric_keys":["cpu_usage"]},{"name":"memory","metric_keys":["memory_used"]}]""",
            keys["categories"]!.ToJsonString()
        );
        Assert.Equal(["cpu_usage [40]", "memory_used [300]"], Values(stats, "metric"));
        Assert.Equal(["0 [10]", "1 [30]"], Values(variants, "variant"));
        var each = resources["workers"]![0]!["metrics"]![0]!["stats"]![0]!["resource_series"]!.AsArray();
        Assert.Equal(
            ["0 [50]", "1 [70]"],
            each.Select(resource => $"{resource!["name"]} {resource["values"]!.ToJsonString()}")
        );
        Assert.Equal("[1]", activity["total"]!["counts"]!.ToJsonString());
        Assert.Equal("[1]", activity["active"]!["counts"]!.ToJsonString());
    }

    private static IReadOnlyList<string> Values(JsonObject stats, string name) =>
        [
            .. Assert.Single(stats["workers"]!.AsArray())!["metrics"]!
                .AsArray()
                .Select(metric => $"{metric![name]} {metric["stats"]![0]!["values"]!.ToJsonString()}"),
        ];

    private static Task<JsonObject> ReportAsync(ClearMLHost host, string worker, string more) =>
        host.Api.DataAsync(
            "workers.status_report",
            $$"""{"worker":"{{worker}}","timestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}{{more}}}"""
        );

    private static async Task<JsonArray> ListAsync(ClearMLHost host, string json) =>
        (await host.Api.DataAsync("workers.get_all", json))["workers"]!.AsArray();
}
