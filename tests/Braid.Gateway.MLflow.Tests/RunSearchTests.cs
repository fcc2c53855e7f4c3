using System.Net;
using System.Text.Json.Nodes;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

public sealed class RunSearchTests
{
    [Theory]
    [InlineData("metrics.loss < 0.5", "b")]
    [InlineData("metrics.loss != 0.5", "b")]
    [InlineData("metrics.`val/acc` >= 0.9", "a")]
    [InlineData("params.lr = '0.1' AND metrics.loss <= 1", "a")]
    [InlineData("params.`opt/name` LIKE 'ad%'", "b")]
    [InlineData("params.`opt/name` LIKE 'AD%'", "")]
    [InlineData("params.`opt/name` ILIKE 'AD%'", "b")]
    [InlineData("params.lr IS NULL", "c")]
    [InlineData("tags.team IS NOT NULL", "a")]
    [InlineData("tags.mlflow.runName = 'c'", "c")]
    [InlineData("attributes.`run name` = 'c'", "c")]
    [InlineData("status = 'FINISHED'", "c")]
    [InlineData("status != 'FINISHED'", "a b")]
    [InlineData("attr.status LIKE 'FIN%'", "c")]
    [InlineData("start_time > 1500", "b c")]
    [InlineData("dataset.name = 'iris' AND datasets.context IN ('train')", "b")]
    [InlineData("dataset.name NOT IN ('wine')", "b")]
    [InlineData("dataset.name NOT IN ('iris')", "")]
    [InlineData("artifact_uri LIKE 'mlflow-artifacts:/0/%/artifacts'", "a b c")]
    [InlineData("attributes.artifact_uri = 'mlflow-artifacts:/0'", "")]
    public async Task A_filter_finds_its_runs(string filter, string found)
    {
        await using var server = await ThreeRunsAsync();
        Assert.Equal(found, string.Join(' ', (await SearchAsync(server, filter, "")).Order()));
    }

    [Theory]
    [InlineData("", "c b a")]
    [InlineData("metrics.loss", "b a c")]
    [InlineData("metrics.loss DESC", "a b c")]
    [InlineData("params.lr DESC", "b a c")]
    [InlineData("attributes.start_time ASC", "a b c")]
    [InlineData("tags.team", "a c b")]
    public async Task An_order_puts_what_is_absent_last(string order, string found)
    {
        await using var server = await ThreeRunsAsync();
        Assert.Equal(found, string.Join(' ', await SearchAsync(server, "", order)));
    }

    [Theory]
    [InlineData("status ASC", "c a b")]
    [InlineData("attributes.status DESC", "b a c")]
    public async Task Statuses_are_ordered_by_their_names_in_the_protocol(string order, string found)
    {
        await using var server = await ThreeRunsAsync();
        var b = Assert.Single(await FindAsync(server, "attributes.run_name = 'b'", ""));
        await server.Client.TellAsync(
            "runs/update",
            $$"""{"run_id": "{{b.Text("info.run_id")}}", "status": "SCHEDULED"}"""
        );
        Assert.Equal(found, string.Join(' ', await SearchAsync(server, "", order)));
    }

    [Fact]
    public async Task A_search_comes_in_pages()
    {
        await using var server = await ThreeRunsAsync();
        var first = await server.Client.TellAsync("runs/search", """{"experiment_ids": ["0"], "max_results": 2}""");
        Assert.Equal(2, first.Json["runs"]!.AsArray().Count);
        var token = first.Json.Text("next_page_token");
        var rest = await server.Client.TellAsync(
            "runs/search",
            $$"""{"experiment_ids": ["0"], "max_results": 2, "page_token": "{{token}}"}"""
        );
        Assert.Single(rest.Json["runs"]!.AsArray());
        Assert.Null(rest.Json["next_page_token"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"abc\"]")]
    [InlineData("[\"77\"]")]
    public async Task Without_an_experiment_there_is_nothing_to_find(string experiments)
    {
        await using var server = await ThreeRunsAsync();
        var found = await server.Client.TellAsync("runs/search", $$"""{"experiment_ids": {{experiments}}}""");
        Assert.Equal("{}", found.Json.ToJsonString());
    }

    /// <summary>Runs a, b, c, one after the other.</summary>
    private static async Task<MLflowServer> ThreeRunsAsync()
    {
        var server = await MLflowServer.StartAsync();
        var client = server.Client;
        var a = await client.RunAsync(""", "run_name": "a", "start_time": 1000""");
        var b = await client.RunAsync(""", "run_name": "b", "start_time": 2000""");
        var c = await client.RunAsync(""", "run_name": "c", "start_time": 3000""");
        await BatchAsync(
            server,
            a,
            """ "params": [{"key": "lr", "value": "0.1"}], "tags": [{"key": "team", "value": "x"}]""",
            0.5
        );
        await BatchAsync(
            server,
            b,
            """ "params": [{"key": "lr", "value": "0.2"}, {"key": "opt/name", "value": "adam"}]""",
            0.25
        );
        await client.TellAsync(
            "runs/log-metric",
            $$"""{"run_id": "{{a}}", "key": "val/acc", "value": 0.9, "timestamp": 1}"""
        );
        await client.TellAsync("runs/update", $$"""{"run_id": "{{c}}", "status": "FINISHED"}""");
        await client.TellAsync(
            "runs/log-inputs",
            $$"""
            {"run_id": "{{b}}", "datasets": [{"dataset": {"name": "iris", "digest": "d1", "source_type": "local", "source": "{}"},
             "tags": [{"key": "mlflow.data.context", "value": "train"}]}]}
            """
        );
        return server;
    }

    private static async Task BatchAsync(MLflowServer server, string run, string more, double loss)
    {
        var logged = await server.Client.TellAsync(
            "runs/log-batch",
            $$"""{"run_id": "{{run}}", "metrics": [{"key": "loss", "value": {{loss}}, "timestamp": 1}], {{more}}}"""
        );
        Assert.Equal(HttpStatusCode.OK, logged.Status);
    }

    private static async Task<IEnumerable<string>> SearchAsync(MLflowServer server, string filter, string order) =>
        (await FindAsync(server, filter, order)).Select(run => run.Text("info.run_name"));

    private static async Task<IEnumerable<JsonNode>> FindAsync(MLflowServer server, string filter, string order)
    {
        var orders = order.Length == 0 ? "[]" : $"[\"{order}\"]";
        var found = await server.Client.TellAsync(
            "runs/search",
            $$"""{"experiment_ids": ["0"], "filter": "{{filter}}", "order_by": {{orders}}}"""
        );
        return (found.Json["runs"]?.AsArray() ?? []).OfType<JsonNode>();
    }
}
