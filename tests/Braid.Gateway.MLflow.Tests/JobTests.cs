using System.Text;
using Braid.Access.Callers;
using Braid.Gateway.MLflow.Tests.Hosting;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Tests;

/// <summary>A training program inside a job: it has the job's credentials, and nothing else tells it about the job.</summary>
public sealed class JobTests
{
    private static readonly RunId job = RunId.Parse("5f2b0000000040008000000000000001");
    private const string commit = "c0c0000000004000800000000000000a";

    [Fact]
    public async Task A_programs_first_run_is_the_jobs_and_the_next_its_child()
    {
        await using var server = await StartInJobAsync();
        var experiment = await server.Client.AskAsync("experiments/get-by-name?experiment_name=whatever");
        Assert.Equal("vision", experiment.Json.Text("experiment.name"));
        Assert.Equal(experiment.Json.Text("experiment.experiment_id"), await server.Client.ExperimentAsync("other"));

        var first = await server.Client.RunAsync(""", "tags": [{"key": "team", "value": "blue"}]""");
        Assert.Equal(job.ToString(), first);
        var second = await server.Client.RunAsync();
        Assert.NotEqual(first, second);
        var child = (await server.Client.AskAsync($"runs/get?run_id={second}")).Json["run"]!;
        Assert.Contains(
            child["data"]!["tags"]!.AsArray(),
            tag => tag!.Text("key") == "mlflow.parentRunId" && tag!.Text("value") == first
        );
    }

    [Fact]
    public async Task A_programs_status_does_not_end_the_jobs_run()
    {
        await using var server = await StartInJobAsync();
        var run = await server.Client.RunAsync();
        var updated = await server.Client.TellAsync(
            "runs/update",
            $$"""{"run_id": "{{run}}", "status": "FINISHED", "end_time": 1700000000000}"""
        );
        Assert.Equal("RUNNING", updated.Json.Text("run_info.status"));
    }

    [Fact]
    public async Task A_run_names_the_commits_that_it_read()
    {
        await using var server = await StartInJobAsync();
        var run = await server.Client.RunAsync();
        var inputs = (await server.Client.AskAsync($"runs/get?run_id={run}")).Json["run"]!["inputs"]!;
        Assert.Equal("vision/digits", inputs.Text("dataset_inputs.0.dataset.name"));
        Assert.Equal(commit, inputs.Text("dataset_inputs.0.dataset.digest"));
        Assert.Equal("braid", inputs.Text("dataset_inputs.0.dataset.source_type"));
        Assert.Equal(
            $$"""{"repo":"vision/digits","branch":"master","commit":"{{commit}}"}""",
            inputs.Text("dataset_inputs.0.dataset.source")
        );
        Assert.Equal("mlflow.data.context", inputs.Text("dataset_inputs.0.tags.0.key"));
    }

    [Fact]
    public async Task A_registered_model_names_the_commits_behind_it()
    {
        await using var server = await StartInJobAsync();
        var run = await server.Client.RunAsync();
        await server.Client.TellAsync("registered-models/create", """{"name": "digits"}""");
        var version = await server.Client.TellAsync(
            "model-versions/create",
            $$"""{"name": "digits", "source": "mlflow-artifacts:/1/{{run}}/artifacts/model", "run_id": "{{run}}"}"""
        );
        Assert.Equal("braid.input.images", version.Json.Text("model_version.tags.0.key"));
        Assert.Equal($"vision/digits@{commit}", version.Json.Text("model_version.tags.0.value"));
    }

    [Fact]
    public async Task Another_run_is_out_of_reach()
    {
        await using var server = await StartInJobAsync();
        var other = await server.Rooms.Runs.CreateAsync(
            new Caller.Administrator("somebody"),
            new() { Protocol = "mlflow", Name = "other" },
            CancellationToken.None
        );
        var refused = await server.Client.AskAsync($"runs/get?run_id={other.Value.Id}");
        Assert.Equal("PERMISSION_DENIED", refused.ErrorCode);
    }

    private static async Task<MLflowServer> StartInJobAsync()
    {
        var server = await MLflowServer.StartAsync(open: false);
        var keys = await server.Database.WriteAsync(
            async db =>
            {
                var project = await server.Rooms.Runs.CreateForJobAsync(
                    db,
                    new(job, null, "vision", "train") { Status = RunStatus.InProgress }
                );
                await server.Rooms.Inputs.AddForJobAsync(
                    db,
                    new RunInput(job, "images", "vision/digits", "master", commit)
                );
                var caller = new Caller.Job(job, project, "attempt-1", new HashSet<string>(["vision/digits"]));
                return await server.Rooms.Authenticator.IssueForJobAsync(db, caller);
            },
            CancellationToken.None
        );
        var pair = Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}");
        server.Client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(pair));
        return server;
    }
}
