using System.Text.Json.Nodes;

namespace Braid.Server.Tests.OneStore;

/// <summary>What is logged through one tracker's door is read through the other's, as docs/protocols/mlflow.md says.</summary>
public sealed class TrackingDoorsTests
{
    [Fact]
    public async Task A_run_of_MLflow_is_a_task_of_ClearML()
    {
        await using var doors = await TwoDoors.OpenAsync();
        var experiment = Text(await doors.MLflowAsync("experiments/create", """{"name": "vision"}"""), "experiment_id");
        var parent = await RunAsync(doors, experiment, "parent", "[]");
        var run = await RunAsync(
            doors,
            experiment,
            "first",
            $$"""
            [{"key": "mlflow.parentRunId", "value": "{{parent}}"}, {"key": "mlflow.note.content", "value": "a note"}]
            """
        );
        await doors.MLflowAsync(
            "runs/log-batch",
            $$"""
            {"run_id": "{{run}}", "params": [{"key": "lr", "value": "0.1"}, {"key": "opt/name", "value": "adam"}],
             "metrics": [{"key": "loss", "value": 0.5, "timestamp": 1, "step": 1},
                         {"key": "val/acc", "value": 0.9, "timestamp": 1, "step": 1}]}
            """
        );
        await doors.MLflowAsync("runs/update", $$"""{"run_id": "{{run}}", "status": "FINISHED"}""");

        var task = (await doors.ClearMLAsync("tasks.get_by_id", $$"""{"task": "{{run}}"}"""))["task"]!;
        Assert.Equal(
            ("first", "completed", "a note", parent),
            (Text(task, "name"), Text(task, "status"), Text(task, "comment"), Text(task, "parent"))
        );
        Assert.Equal("0.1", Text(task, "hyperparams", "General", "lr", "value"));
        Assert.Equal("adam", Text(task, "hyperparams", "General", "opt/name", "value"));
        var project = Text(task, "project");
        var found = await doors.ClearMLAsync("projects.get_by_id", $$"""{"project": "{{project}}"}""");
        Assert.Equal("vision", Text(found, "project", "name"));
        var curves = await doors.ClearMLAsync("events.scalar_metrics_iter_histogram", $$"""{"task": "{{run}}"}""");
        Assert.Equal("[0.5]", curves["loss"]!["loss"]!["y"]!.ToJsonString());
        Assert.Equal("[0.9]", curves["val"]!["acc"]!["y"]!.ToJsonString());
    }

    [Fact]
    public async Task A_task_of_ClearML_is_a_run_of_MLflow()
    {
        await using var doors = await TwoDoors.OpenAsync();
        var project = Text(await doors.ClearMLAsync("projects.create", """{"name": "vision/cars"}"""), "id");
        var made = await doors.ClearMLAsync(
            "tasks.create",
            $$"""
            {"name": "train", "type": "training", "project": "{{project}}", "comment": "a note",
             "hyperparams": {"General": {"lr": {"section": "General", "name": "lr", "value": "0.1"} },
                             "Args": {"rate": {"section": "Args", "name": "rate", "value": "3"} } } }
            """
        );
        var task = Text(made, "id");
        await doors.ClearMLAsync("tasks.started", $$"""{"task": "{{task}}"}""");
        foreach (var (metric, variant, value) in new[] { ("loss", "loss", 0.5), ("val", "acc", 0.9) })
        {
            await doors.ClearMLAsync(
                "events.add",
                $$"""
                {"type": "training_stats_scalar", "task": "{{task}}", "metric": "{{metric}}", "variant": "{{variant}}",
                 "iter": 1, "value": {{value}}}
                """
            );
        }

        await doors.ClearMLAsync("tasks.completed", $$"""{"task": "{{task}}"}""");

        var experiment = await doors.MLflowAsync("experiments/get-by-name?experiment_name=vision/cars");
        var id = Text(experiment, "experiment", "experiment_id");
        var filter = "params.`Args/rate` = '3' AND metrics.`val/acc` > 0.8 AND status = 'FINISHED'";
        var search = new JsonObject { ["experiment_ids"] = new JsonArray(id), ["filter"] = filter };
        var run = Assert.Single((await doors.MLflowAsync("runs/search", search.ToJsonString()))["runs"]!.AsArray())!;
        Assert.Equal((task, "train"), (Text(run, "info", "run_id"), Text(run, "info", "run_name")));
        Assert.Equal(["Args/rate=3", "lr=0.1"], Pairs(run, "params"));
        Assert.Equal(["loss=0.5", "val/acc=0.9"], Pairs(run, "metrics"));
        Assert.Contains("mlflow.note.content=a note", Pairs(run, "tags"));
        var history = await doors.MLflowAsync($"metrics/get-history?run_id={task}&metric_key=val/acc");
        Assert.Equal("0.9", Text(Assert.Single(history["metrics"]!.AsArray())!, "value"));
    }

    [Fact]
    public async Task Models_of_one_door_are_models_of_the_other()
    {
        await using var doors = await TwoDoors.OpenAsync();
        var run = await RunAsync(doors, "0", "maker", "[]");
        var uri = $"mlflow-artifacts:/0/{run}/artifacts/model";
        await doors.PutArtifactAsync(uri["mlflow-artifacts:/".Length..] + "/MLmodel", "flavors: {}");
        await doors.MLflowAsync("registered-models/create", """{"name": "digits"}""");
        await doors.MLflowAsync(
            "model-versions/create",
            $$"""{"name": "digits", "source": "{{uri}}", "run_id": "{{run}}"}"""
        );
        var models = (await doors.ClearMLAsync("models.get_all", $$"""{"task": ["{{run}}"]}"""))["models"]!.AsArray();
        Assert.Equal(("digits", uri), (Text(Assert.Single(models)!, "name"), Text(models[0]!, "uri")));

        var project = Text(await doors.ClearMLAsync("projects.create", """{"name": "vision"}"""), "id");
        await doors.ClearMLAsync(
            "models.create",
            $$"""{"name": "net", "uri": "s3://bucket/net", "project": "{{project}}", "framework": "PyTorch"}"""
        );
        var experiment = await doors.MLflowAsync("experiments/get-by-name?experiment_name=vision");
        var id = Text(experiment, "experiment", "experiment_id");
        var logged = await doors.MLflowAsync("logged-models/search", $$"""{"experiment_ids": ["{{id}}"]}""");
        var info = Assert.Single(logged["models"]!.AsArray())!["info"]!;
        Assert.Equal(("net", "s3://bucket/net"), (Text(info, "name"), Text(info, "artifact_uri")));
    }

    private static async Task<string> RunAsync(TwoDoors doors, string experiment, string name, string tags) =>
        Text(
            await doors.MLflowAsync(
                "runs/create",
                $$"""{"experiment_id": "{{experiment}}", "run_name": "{{name}}", "start_time": 1000, "tags": {{tags}}}"""
            ),
            "run",
            "info",
            "run_id"
        );

    private static IEnumerable<string> Pairs(JsonNode run, string list) =>
        run["data"]![list]!.AsArray().Select(item => $"{item!["key"]}={item["value"]}").Order(StringComparer.Ordinal);

    private static string Text(JsonNode json, params string[] path) =>
        path.Aggregate((JsonNode?)json, (node, name) => node?[name])?.ToString()
        ?? throw new InvalidOperationException($"no {string.Join('.', path)} in {json}");
}
