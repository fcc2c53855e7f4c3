using System.Net;
using System.Text.Json.Nodes;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

/// <summary>Two models: a, measured on iris (0.9) and wine (0.8) and without a dataset (0.5); b, on another iris (0.7).</summary>
public sealed class LoggedModelSearchTests
{
    [Theory]
    [InlineData("""{}""", "b a")]
    [InlineData("""{"datasets": [{"dataset_name": "iris"}]}""", "b a")]
    [InlineData("""{"datasets": [{"dataset_name": "iris", "dataset_digest": "1"}]}""", "a")]
    [InlineData("""{"datasets": [{"dataset_name": "wine"}, {"dataset_name": "iris", "dataset_digest": "2"}]}""", "b a")]
    [InlineData("""{"datasets": [{"dataset_name": "none"}]}""", "")]
    [InlineData("""{"datasets": [{"dataset_name": "iris"}], "filter": "metrics.acc > 0.75"}""", "a")]
    [InlineData("""{"datasets": [{"dataset_name": "wine"}], "filter": "metrics.acc > 0.85"}""", "")]
    [InlineData("""{"datasets": [{"dataset_name": "iris"}], "filter": "name = 'b'"}""", "b")]
    [InlineData("""{"filter": "metrics.acc > 0.85"}""", "a")]
    [InlineData("""{"filter": "metrics.acc = 0.5"}""", "a")]
    [InlineData("""{"order_by": [{"field_name": "metrics.acc", "dataset_name": "iris"}]}""", "b a")]
    [InlineData("""{"order_by": [{"field_name": "metrics.acc", "dataset_name": "iris", "ascending": false}]}""", "a b")]
    [InlineData("""{"order_by": [{"field_name": "metrics.acc", "dataset_name": "wine"}]}""", "a b")]
    public async Task Models_are_found_by_what_was_measured_on_datasets(string search, string found)
    {
        await using var server = await MeasuredAsync();
        var reply = await SearchAsync(server, search);
        var names = reply.Json["models"]?.AsArray().Select(model => model!.Text("info.name")) ?? [];
        Assert.Equal(found, string.Join(' ', names));
    }

    [Theory]
    [InlineData("""{"datasets": [{}]}""", "`dataset_name` in the `datasets` clause must be specified.")]
    [InlineData("""{"order_by": [{}]}""", "`field_name` in the `order_by` clause must be specified.")]
    [InlineData(
        """{"order_by": [{"field_name": "params.p"}]}""",
        "Invalid order by field name: params, only `metrics.<name>` is allowed."
    )]
    [InlineData(
        """{"order_by": [{"field_name": "metrics.acc", "dataset_digest": "1"}]}""",
        "`dataset_digest` can only be specified if `dataset_name` is also specified."
    )]
    public async Task What_names_no_dataset_or_field_is_refused(string search, string message)
    {
        await using var server = await MeasuredAsync();
        var reply = await SearchAsync(server, search);
        Assert.Equal((HttpStatusCode.BadRequest, message), (reply.Status, reply.Message));
    }

    [Fact]
    public async Task A_model_shows_the_newest_value_of_each_dataset_and_the_one_without()
    {
        await using var server = await MeasuredAsync();
        var model = (await SearchAsync(server, """{"filter": "name = 'a'"}""")).Json["models"]![0]!;
        var metrics = model["data"]!["metrics"]!.AsArray();
        Assert.Equal(
            ["iris 1 0.9", "wine 1 0.8", "  0.5"],
            metrics.Select(metric => $"{metric!["dataset_name"]} {metric["dataset_digest"]} {metric["value"]}")
        );
        Assert.All(metrics, metric => Assert.Equal(model.Text("info.source_run_id"), metric!.Text("run_id")));
    }

    private static Task<Reply> SearchAsync(MLflowServer server, string search)
    {
        var body = JsonNode.Parse(search)!;
        body["experiment_ids"] = new JsonArray("0");
        return server.Client.TellAsync("logged-models/search", body.ToJsonString());
    }

    private static async Task<MLflowServer> MeasuredAsync()
    {
        var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var (a, b) = (await ModelAsync(server, "a", run), await ModelAsync(server, "b", run));
        await LogAsync(server, run, a, 0.3, step: 1, ("iris", "1"));
        await LogAsync(server, run, a, 0.9, step: 2, ("iris", "1"));
        await LogAsync(server, run, a, 0.8, step: 3, ("wine", "1"));
        await LogAsync(server, run, a, 0.5, step: 4, null);
        await LogAsync(server, run, b, 0.7, step: 5, ("iris", "2"));
        return server;
    }

    private static async Task<string> ModelAsync(MLflowServer server, string name, string run)
    {
        var body = $$"""{"experiment_id": "0", "name": "{{name}}", "source_run_id": "{{run}}"}""";
        return (await server.Client.TellAsync("logged-models", body)).Json.Text("model.info.model_id");
    }

    private static async Task LogAsync(
        MLflowServer server,
        string run,
        string model,
        double value,
        int step,
        (string Name, string Digest)? dataset
    )
    {
        var metric = new JsonObject
        {
            ["key"] = "acc",
            ["value"] = value,
            ["timestamp"] = step,
            ["step"] = step,
            ["model_id"] = model,
            ["dataset_name"] = dataset?.Name,
            ["dataset_digest"] = dataset?.Digest,
        };
        var body = new JsonObject { ["run_id"] = run, ["metrics"] = new JsonArray(metric) };
        var reply = await server.Client.TellAsync("runs/log-batch", body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, reply.Status);
    }
}
