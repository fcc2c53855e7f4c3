using System.Text.Json;
using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.Folder;
using Braid.Client.Backends.MLflow;
using Braid.Testing;

namespace Braid.Client.Tests.Doors;

/// <summary>Runs logged to a Braid server's own doors, and read back through them.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private readonly Runs runs = new();
    private readonly TempFolder folder = new();
    private BraidDoors doors = null!; // set before each test

    public async Task InitializeAsync() => doors = await BraidDoors.StartAsync();

    public async Task DisposeAsync()
    {
        await doors.DisposeAsync();
        runs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task One_run_goes_to_four_backends_at_once_and_is_the_same_in_each()
    {
        var experiment = runs.Start(
            doors.Braid(),
            new ClearMLBackend(doors.ClearMLAs(BraidDoors.Admin)),
            new MLflowBackend(doors.MLflowAs(BraidDoors.Admin)),
            new FolderBackend(folder.File("runs"))
        );
        EverythingLogged.To(experiment, folder);
        await experiment.DisposeAsync();

        Assert.Empty(runs.Problems);
        Assert.Equal(0, experiment.Undelivered + experiment.LeftForLater);
        foreach (var backend in new[] { "braid", "clearml", "mlflow" })
        {
            var id = await experiment.RunIdAsync(backend);
            var run = (await doors.MLflowAsync($"runs/get?run_id={id}")).GetProperty("run");
            Assert.Equal("FINISHED", run.GetProperty("info").GetProperty("status").GetString());
            Assert.Equal("run", run.GetProperty("info").GetProperty("run_name").GetString());
            Assert.Equal(
                [("Hyperparameters/width", "64"), ("deep", "True"), ("rate", "0.1")],
                Pairs(run.GetProperty("data").GetProperty("params"))
                    .Where(pair => pair.Item1 != "properties/stage")
                    .Order()
            );
            var history = (await doors.MLflowAsync($"metrics/get-history?run_id={id}&metric_key=loss")).GetProperty(
                "metrics"
            );
            Assert.Equal(
                [(0, "2.5"), (1, "NaN")],
                history
                    .EnumerateArray()
                    .Select(point => (point.GetProperty("step").GetInt32(), point.GetProperty("value").ToString()))
            );
            var task = (await doors.ClearMLAsync("tasks.get_by_id", $$"""{"task":"{{id}}"}""")).GetProperty("task");
            Assert.Equal("what this is about", task.GetProperty("comment").GetString());
        }

        var points = File.ReadAllLines(
            Path.Combine(folder.File("runs/project"), (await experiment.RunIdAsync("folder"))!, "metrics.jsonl")
        );
        Assert.Equal(
            ["2.5", "NaN", "0.75"],
            points.Select(line => JsonElement.Parse(line).GetProperty("value").ToString())
        );
    }

    [Fact]
    public async Task Braid_keeps_plots_samples_artifacts_lines_tags_and_a_registered_model()
    {
        var experiment = runs.Start(doors.Braid());
        EverythingLogged.To(experiment, folder);
        await experiment.DisposeAsync();
        Assert.Empty(runs.Problems);

        var id = await experiment.RunIdAsync();
        var task = (await doors.ClearMLAsync("tasks.get_by_id", $$"""{"task":"{{id}}"}""")).GetProperty("task");
        Assert.Equal(["best", "fast"], task.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(["notes.txt", "settings/config.json"], await ArtifactsAsync(task));
        Assert.Equal(["errors", "roc", "weights"], await PlotsAsync(id));
        var samples = await doors.ClearMLAsync(
            "events.get_task_events",
            $$"""{"task":"{{id}}","event_type":"training_debug_image"}"""
        );
        var image = samples
            .GetProperty("events")
            .EnumerateArray()
            .Single(sample => sample.GetProperty("metric").GetString() == "samples");
        Assert.Equal(
            EverythingLogged.Pixels,
            PngPixels.Read(await doors.FileAsync(image.GetProperty("url").GetString()!))
        );
        var log = await doors.ClearMLAsync("events.get_task_log", $$"""{"task":"{{id}}"}""");
        Assert.Equal(
            ["epoch 1", "story [7]: Once upon a time"],
            log.GetProperty("events").EnumerateArray().Select(line => line.GetProperty("msg").GetString()).Order()
        );

        var version = (await doors.MLflowAsync("model-versions/get?name=digits&version=1")).GetProperty(
            "model_version"
        );
        Assert.Equal(id, version.GetProperty("run_id").GetString());
        Assert.Equal("a small one", version.GetProperty("description").GetString());
        var run = (await doors.MLflowAsync($"runs/get?run_id={id}")).GetProperty("run");
        Assert.Contains(("stage", "trial"), Pairs(run.GetProperty("data").GetProperty("tags")));
    }

    [Fact]
    public async Task Mlflow_gets_what_it_has_no_place_for_as_files()
    {
        var experiment = runs.Start(new MLflowBackend(doors.MLflowAs(BraidDoors.Admin)));
        EverythingLogged.To(experiment, folder);
        await experiment.DisposeAsync();
        Assert.Empty(runs.Problems);

        var id = await experiment.RunIdAsync();
        foreach (
            var (path, file) in new[]
            {
                ("images/samples", "00000005.png"),
                ("tables/errors", "00000008.json"),
                ("audio/sound", "00000009.wav"),
            }
        )
        {
            var list = await doors.MLflowAsync($"artifacts/list?run_id={id}&path={path}");
            Assert.Equal($"{path}/{file}", list.GetProperty("files")[0].GetProperty("path").GetString());
        }

        var uri = (await doors.MLflowAsync($"runs/get?run_id={id}"))
            .GetProperty("run")
            .GetProperty("info")
            .GetProperty("artifact_uri")
            .GetString()!;
        var text = await doors.FileAsync(
            $"{doors.MLflow}api/2.0/mlflow-artifacts/artifacts/{uri["mlflow-artifacts:/".Length..]}/texts/story/00000007.md"
        );
        Assert.Equal("Once upon a time"u8.ToArray(), text);
    }

    [Fact]
    public async Task A_jobs_program_logs_into_the_jobs_own_run()
    {
        var (job, keys) = await doors.StartJobAsync();
        await using (var experiment = runs.Start(doors.Braid(keys)))
        {
            experiment.LogMetric("loss", 0.5, 0);
            experiment.LogParam("rate", 0.1);
            Assert.Equal(job.ToString(), await experiment.RunIdAsync());
        }

        Assert.Empty(runs.Problems);
        var history = await doors.MLflowAsync($"metrics/get-history?run_id={job}&metric_key=loss");
        Assert.Equal(0.5, history.GetProperty("metrics")[0].GetProperty("value").GetDouble());
        var run = (await doors.MLflowAsync($"runs/get?run_id={job}")).GetProperty("run");
        Assert.Equal("RUNNING", run.GetProperty("info").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("clearml")]
    [InlineData("mlflow")]
    public async Task A_run_is_gone_on_with_by_its_name(string protocol)
    {
        var ids = new List<string?>();
        for (var program = 0; program < 2; program++)
        {
            Backends.IBackend backend =
                protocol == "mlflow"
                    ? new MLflowBackend(doors.MLflowAs(BraidDoors.Admin))
                    : new ClearMLBackend(doors.ClearMLAs(BraidDoors.Admin));
            var options = runs.To(backend);
            options = options with { Run = options.Run with { Continuation = Backends.Continuation.ContinueLast } };
            await using var experiment = Experiment.StartLogging("the same", "project", options);
            experiment.LogMetric("loss", program, program);
            ids.Add(await experiment.RunIdAsync());
        }

        Assert.Empty(runs.Problems);
        Assert.Equal(ids[0], ids[1]);
        var history = await doors.MLflowAsync($"metrics/get-history?run_id={ids[0]}&metric_key=loss");
        Assert.Equal(2, history.GetProperty("metrics").GetArrayLength());
        var run = (await doors.MLflowAsync($"runs/get?run_id={ids[0]}")).GetProperty("run");
        Assert.Equal("FINISHED", run.GetProperty("info").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_reused_run_is_emptied_first()
    {
        var ids = new List<string?>();
        for (var program = 0; program < 2; program++)
        {
            var options = runs.To(new ClearMLBackend(doors.ClearMLAs(BraidDoors.Admin)));
            options = options with { Run = options.Run with { Continuation = Backends.Continuation.ReuseLast } };
            await using var experiment = Experiment.StartLogging("the same", "project", options);
            experiment.LogMetric("loss", program, program);
            ids.Add(await experiment.RunIdAsync());
        }

        Assert.Equal(ids[0], ids[1]);
        var history = await doors.MLflowAsync($"metrics/get-history?run_id={ids[0]}&metric_key=loss");
        Assert.Equal(1, history.GetProperty("metrics")[0].GetProperty("value").GetDouble());
        Assert.Equal(1, history.GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task Wrong_keys_are_told_and_what_was_logged_stays_until_they_are_right()
    {
        var wrong = new ClearMLBackend(doors.ClearMLAs(new("ADMINKEY", "wrong")));
        var experiment = runs.Start(wrong);
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Equal(1, experiment.LeftForLater);
        Assert.Contains(runs.Problems, problem => problem.Contains("auth.login was refused (401)"));

        var report = await Experiment.ResumeAsync(runs.To(new ClearMLBackend(doors.ClearMLAs(BraidDoors.Admin))));
        Assert.Equal(new ResumeReport(Sent: 1, Left: 0), report);
    }

    private async Task<IEnumerable<string?>> PlotsAsync(string? id)
    {
        var plots = await doors.ClearMLAsync("events.get_task_plots", $$"""{"task":"{{id}}"}""");
        return plots
            .GetProperty("plots")
            .EnumerateArray()
            .Select(plot => plot.GetProperty("metric").GetString())
            .Order();
    }

    private async Task<IEnumerable<string?>> ArtifactsAsync(JsonElement task)
    {
        var artifacts = task.GetProperty("execution").GetProperty("artifacts").EnumerateArray().ToList();
        Assert.Equal("notes"u8.ToArray(), await doors.FileAsync(artifacts[0].GetProperty("uri").GetString()!));
        return artifacts.Select(artifact => artifact.GetProperty("key").GetString()).Order();
    }

    private static IEnumerable<(string?, string?)> Pairs(JsonElement list) =>
        list.EnumerateArray()
            .Select(pair => (pair.GetProperty("key").GetString(), pair.GetProperty("value").GetString()));
}
