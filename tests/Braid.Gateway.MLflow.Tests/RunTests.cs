using System.Net;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

public sealed class RunTests
{
    [Fact]
    public async Task What_was_logged_is_read_back()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync(""", "run_name": "first", "start_time": 1700000000000""");
        await server.Client.TellAsync(
            "runs/log-batch",
            $$"""
            {"run_id": "{{run}}", "run_uuid": "{{run}}",
             "metrics": [{"key": "loss", "value": 0.5, "timestamp": 1, "step": 0},
                         {"key": "loss", "value": 0.25, "timestamp": 2, "step": 1},
                         {"key": "val/acc", "value": "NaN", "timestamp": "3"}],
             "params": [{"key": "lr", "value": "0.1"}, {"key": "opt/name", "value": "adam"}],
             "tags": [{"key": "team", "value": "blue"}, {"key": "mlflow.note.content", "value": "a note"}]}
            """
        );
        var info = (await server.Client.AskAsync($"runs/get?run_id={run}")).Json["run"]!;
        Assert.Equal("RUNNING", info.Text("info.status"));
        Assert.Equal("1700000000000", info.Text("info.start_time"));
        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts", info.Text("info.artifact_uri"));
        Assert.Equal(["loss", "val/acc"], Keys(info, "metrics"));
        Assert.Equal(("0.25", "1"), (info.Text("data.metrics.0.value"), info.Text("data.metrics.0.step")));
        Assert.Equal("NaN", info.Text("data.metrics.1.value"));
        Assert.Equal(["lr", "opt/name"], Keys(info, "params"));
        Assert.Equal(["mlflow.note.content", "mlflow.runName", "mlflow.user", "team"], Keys(info, "tags").Order());
    }

    [Fact]
    public async Task A_parameter_cannot_change()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var body = (string value) => $$"""{"run_id": "{{run}}", "key": "p", "value": "{{value}}"}""";
        Assert.Equal(HttpStatusCode.OK, (await server.Client.TellAsync("runs/log-parameter", body("1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.TellAsync("runs/log-parameter", body("1"))).Status);
        var refused = await server.Client.TellAsync("runs/log-parameter", body("2"));
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (refused.Status, refused.ErrorCode));
        Assert.Equal(
            $"Changing param values is not allowed. Param with key='p' was already logged with value='1' for run ID='{run}'."
                + " Attempted logging new value '2'.",
            refused.Message
        );
    }

    [Fact]
    public async Task A_batch_that_is_refused_leaves_nothing()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        await server.Client.TellAsync("runs/log-parameter", $$"""{"run_id": "{{run}}", "key": "p", "value": "1"}""");
        var refused = await server.Client.TellAsync(
            "runs/log-batch",
            $$"""
            {"run_id": "{{run}}", "metrics": [{"key": "m", "value": 1, "timestamp": 1}],
             "params": [{"key": "p", "value": "9"}, {"key": "q", "value": "1"}], "tags": [{"key": "t", "value": "1"}]}
            """
        );
        Assert.Equal(
            $"Changing param values is not allowed. Params were already logged='[{{'key': 'p', 'old_value': '1', 'new_value': '9'}}]'"
                + $" for run ID='{run}'.",
            refused.Message
        );
        var read = (await server.Client.AskAsync($"runs/get?run_id={run}")).Json["run"]!;
        Assert.Equal(["p"], Keys(read, "params"));
        Assert.Null(read.At("data.metrics"));
        Assert.DoesNotContain("t", Keys(read, "tags"));
    }

    [Theory]
    [InlineData(
        "runs/log-metric",
        """{"key": "m", "value": 1, "timestamp": 1}""",
        "Missing value for required parameter 'run_id'."
    )]
    [InlineData(
        "runs/log-metric",
        """{"run_id": "RUN", "key": "m", "value": 1, "timestamp": -1}""",
        "Invalid value -1 for parameter 'timestamp' supplied: metric 'm' (value=1.0). Timestamp must be a nonnegative long (64-bit integer) "
    )]
    [InlineData(
        "runs/log-metric",
        """{"run_id": "RUN", "key": "m", "value": true, "timestamp": 1}""",
        "Invalid value true for parameter 'value' supplied:  Hint: Value was of type 'bool'."
    )]
    [InlineData(
        "runs/log-batch",
        """{"run_id": "RUN", "metrics": [{"key": "m", "timestamp": 1}]}""",
        "Missing value for required parameter 'metrics[0].value'."
    )]
    [InlineData(
        "runs/log-batch",
        """{"run_id": "RUN", "params": [{"key": "d", "value": "1"}, {"key": "d", "value": "2"}]}""",
        "Duplicate parameter keys have been submitted: ['d']. Please ensure the request contains only one param value per param key."
    )]
    [InlineData(
        "runs/log-parameter",
        """{"run_id": "RUN", "key": "p", "value": 3}""",
        "Invalid value 3 for parameter 'value' supplied:  Hint: Value was of type 'int'."
    )]
    [InlineData(
        "runs/log-metric",
        """{"run_id": "RUN", "key": "m", "value": NaN, "timestamp": 1}""",
        "Bad Request. The request body is not valid JSON:"
    )]
    [InlineData(
        "runs/update",
        """{"run_id": "RUN", "status": "DONE"}""",
        "Invalid value \"DONE\" for parameter 'status' supplied:"
    )]
    [InlineData(
        "runs/search",
        """{"experiment_ids": ["0"], "max_results": 0}""",
        "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer"
    )]
    [InlineData(
        "runs/search",
        """{"experiment_ids": ["0"], "filter": "foo.a = 1"}""",
        "Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']"
    )]
    [InlineData(
        "runs/search",
        """{"experiment_ids": ["0"], "filter": "metrics.a = '0'"}""",
        "Expected numeric value type for metric. Found '0'"
    )]
    [InlineData(
        "runs/search",
        """{"experiment_ids": ["0"], "filter": "params.a = 1"}""",
        "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 1"
    )]
    [InlineData(
        "runs/search",
        """{"experiment_ids": ["0"], "page_token": "%%"}""",
        "Invalid page token, could not base64-decode"
    )]
    public async Task A_wrong_request_is_refused_in_the_protocols_words(string call, string body, string message)
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var refused = await server.Client.TellAsync(call, body.Replace("RUN", run, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (refused.Status, refused.ErrorCode));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_has_limits()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var metrics = string.Join(
            ",",
            Enumerable.Range(0, 1001).Select(i => $$"""{"key":"m","value":1,"timestamp":{{i}}}""")
        );
        var refused = await server.Client.TellAsync(
            "runs/log-batch",
            $$"""{"run_id":"{{run}}","metrics":[{{metrics}}]}"""
        );
        Assert.Equal(
            "A batch logging request can contain at most 1000 metrics. Got 1001 metrics. Please split up metrics across"
                + " multiple requests and try again.",
            refused.Message
        );
    }

    [Fact]
    public async Task A_run_that_goes_on_still_started_when_it_did()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync(""", "start_time": 1000""");
        await server.Client.TellAsync(
            "runs/update",
            $$"""{"run_id": "{{run}}", "status": "FAILED", "end_time": 2000}"""
        );
        var on = await server.Client.TellAsync("runs/update", $$"""{"run_id": "{{run}}", "status": "RUNNING"}""");
        Assert.Equal(("RUNNING", "1000"), (on.Json.Text("run_info.status"), on.Json.Text("run_info.start_time")));
        Assert.Null(on.Json.At("run_info.end_time"));
    }

    [Fact]
    public async Task A_child_leaves_its_parent_with_the_tag_that_names_it()
    {
        await using var server = await MLflowServer.StartAsync();
        var parent = await server.Client.RunAsync();
        const string key = "mlflow.parentRunId";
        var tags = $$"""[{"key": "{{key}}", "value": "{{parent}}"}]""";
        var child = await server.Client.RunAsync($$""", "tags": {{tags}}""");
        var body = $$"""{"run_id": "{{child}}", "key": "{{key}}"}""";
        Assert.Equal(HttpStatusCode.OK, (await server.Client.TellAsync("runs/delete-tag", body)).Status);
        var info = (await server.Client.AskAsync($"runs/get?run_id={child}")).Json["run"]!;
        Assert.DoesNotContain(key, Keys(info, "tags"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.TellAsync("runs/delete-tag", body)).Status);
    }

    [Fact]
    public async Task A_new_run_may_have_tags_that_could_not_be_set_later()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync(""", "tags": [{"key": "a$b", "value": "1"}]""");
        var info = (await server.Client.AskAsync($"runs/get?run_id={run}")).Json["run"]!;
        Assert.Contains("a$b", Keys(info, "tags"));
    }

    [Fact]
    public async Task The_datasets_of_an_experiment_are_listed_once_for_each_use()
    {
        await using var server = await MLflowServer.StartAsync();
        foreach (var context in new[] { "train", "train", "test" })
        {
            var run = await server.Client.RunAsync();
            await server.Client.TellAsync(
                "runs/log-inputs",
                $$"""
                {"run_id": "{{run}}", "datasets": [
                  {"dataset": {"name": "iris", "digest": "1", "source_type": "http", "source": "{}"},
                   "tags": [{"key": "mlflow.data.context", "value": "{{context}}"}]},
                  {"dataset": {"name": "wine", "digest": "2", "source_type": "http", "source": "x"} }]}
                """
            );
        }

        var found = await server.Client.TellAsync("experiments/search-datasets", """{"experiment_ids": ["0"]}""");
        Assert.Equal(
            ["0 iris 1 test", "0 iris 1 train", "0 wine 2 "],
            found.Json["dataset_summaries"]!
                .AsArray()
                .Select(one => $"{one!["experiment_id"]} {one["name"]} {one["digest"]} {one["context"]}")
        );
        var none = await server.Client.TellAsync("experiments/search-datasets", "{}");
        Assert.Equal("SearchDatasets request must specify at least one experiment_id.", none.Message);
    }

    [Fact]
    public async Task An_unknown_run_is_not_found()
    {
        await using var server = await MLflowServer.StartAsync();
        var id = new string('f', 32);
        var missing = await server.Client.AskAsync($"runs/get?run_id={id}");
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (missing.Status, missing.ErrorCode));
        Assert.Equal($"Run with id={id} not found", missing.Message);
    }

    [Fact]
    public async Task History_comes_in_pages_or_whole()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var metrics = string.Join(
            ",",
            Enumerable.Range(0, 5).Select(i => $$"""{"key":"m","value":{{i}},"timestamp":{{i}},"step":{{i}}}""")
        );
        await server.Client.TellAsync("runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{{metrics}}]}""");
        var call = $"metrics/get-history?run_id={run}&metric_key=m";
        Assert.Equal(5, (await server.Client.AskAsync(call)).Json["metrics"]!.AsArray().Count);
        var page = (await server.Client.AskAsync($"{call}&max_results=3")).Json;
        Assert.Equal(3, page["metrics"]!.AsArray().Count);
        var token = Uri.EscapeDataString(page.Text("next_page_token"));
        var rest = (await server.Client.AskAsync($"{call}&max_results=3&page_token={token}")).Json;
        Assert.Equal(["3", "4"], rest["metrics"]!.AsArray().Select(metric => metric!.Text("value")));
        Assert.Null(rest["next_page_token"]);
        var unknown = await server.Client.AskAsync($"metrics/get-history?run_id={run}&metric_key=none");
        Assert.Equal("{}", unknown.Json.ToJsonString());
    }

    [Theory]
    [InlineData("runs/get")]
    [InlineData("runs/search")]
    [InlineData("metrics/get-history")]
    [InlineData("metrics/get-history-bulk-interval")]
    public async Task A_metric_is_read_as_soon_as_it_was_logged(string reader)
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        for (var step = 0; step < 5; step++)
        {
            await server.Client.TellAsync(
                "runs/log-batch",
                $$"""{"run_id":"{{run}}","metrics":[{{Point("m", step)}},{{Point("n", step)}}]}"""
            );
            Assert.Equal($"{step}", await NewestAsync(server, run, reader, step));
        }
    }

    private static string Point(string key, int step) =>
        $$"""{"key":"{{key}}","value":{{step}},"timestamp":{{step}},"step":{{step}}}""";

    /// <summary>The newest value of metric m, as a reader tells it.</summary>
    private static async Task<string> NewestAsync(MLflowServer server, string run, string reader, int step)
    {
        switch (reader)
        {
            case "runs/get":
                return Metric((await server.Client.AskAsync($"{reader}?run_id={run}")).Json["run"]!);
            case "runs/search":
                var above = $$"""{"experiment_ids": ["0"], "filter": "metrics.m > {{step - 1}}"}""";
                return Metric((await server.Client.TellAsync(reader, above)).Json["runs"]![0]!);
            default:
                var which = reader.EndsWith("interval", StringComparison.Ordinal) ? "run_ids" : "run_id";
                var read = await server.Client.AskAsync($"{reader}?{which}={run}&metric_key=m&max_results=100");
                return read.Json["metrics"]!.AsArray()[^1]!.Text("value");
        }

        static string Metric(System.Text.Json.Nodes.JsonNode run) =>
            run["data"]!["metrics"]!.AsArray().Single(metric => metric!.Text("key") == "m")!.Text("value");
    }

    private static IEnumerable<string> Keys(System.Text.Json.Nodes.JsonNode run, string list) =>
        run["data"]![list]!.AsArray().Select(item => item!.Text("key"));
}
