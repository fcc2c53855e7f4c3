using System.Text.Json.Nodes;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Tests.Specs;
using Braid.Pipelines.Workers.Gangs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>Datums whose work is a distributed job, run by machines that are played here.</summary>
public sealed class GangTests
{
    [Fact]
    public async Task A_commit_runs_the_job_on_its_data_and_what_the_chief_leaves_becomes_the_output()
    {
        var machines = new Machines(order =>
        {
            var text = File.ReadAllText(Path.Combine(order.Inputs, "in", "a"));
            File.WriteAllText(Path.Combine(order.Output, "model"), text.ToUpperInvariant());
            return new(true, "");
        });
        await using var world = await StartAsync(machines);
        await CreateAsync(world);
        var set = await world.PutAsync("in", ("/a", "data"));
        var job = await world.EndedAsync("Fit_it", set);

        Assert.Equal((JobState.Success, 1), (job.State, job.Progress.Processed));
        Assert.Equal("DATA", (await world.FilesAsync("Fit_it"))["/model"]);
        var order = machines.Orders.Single(one => one.Run == job.Run);
        Assert.Equal($"fit-it-{$"{job.Run}"[..8]}", order.Job.Name);
        Assert.Equal("/pfs/in", order.Variables["in"]);
        Assert.Equal($"{set}", order.Variables["PACH_JOB_ID"]);
        Assert.Equal(["default/in"], order.ReadableRepos);
    }

    [Fact]
    public async Task The_same_data_and_the_same_job_are_skipped()
    {
        var machines = new Machines(_ => new(true, ""));
        await using var world = await StartAsync(machines);
        await CreateAsync(world);
        await world.EndedAsync("Fit_it", await world.PutAsync("in", ("/a", "data")));
        var ran = machines.Orders.Count;
        var again = await world.EndedAsync("Fit_it", await world.PutAsync("in", ("/a", "data")));
        Assert.Equal((0, 1), (again.Progress.Processed, again.Progress.Skipped));
        Assert.Equal(ran, machines.Orders.Count);
    }

    [Fact]
    public async Task A_job_that_fails_fails_the_datum_and_says_what_went_wrong_first()
    {
        var machines = new Machines(_ => new(false, "fit-worker-1 exited with code 3"));
        await using var world = await StartAsync(machines);
        await CreateAsync(world);
        var job = await world.EndedAsync("Fit_it", await world.PutAsync("in", ("/a", "data")));
        Assert.Equal(JobState.Failure, job.State);
        Assert.EndsWith(" failed: fit-worker-1 exited with code 3", job.Reason, StringComparison.Ordinal);
        Assert.Contains("try 1 of 1: fit-worker-1 exited with code 3", await world.LogsAsync(job));
    }

    [Fact]
    public async Task A_job_that_waits_for_machines_is_starting_and_one_that_is_stopped_lets_go_of_them()
    {
        var machines = new Machines(_ => new(true, "")) { Waits = "no GPU is free" };
        await using var world = await StartAsync(machines);
        await world.CreateRepoAsync("in");
        var set = await world.PutAsync("in", ("/a", "data"));
        await world.CreateAsync(Parsed());
        await machines.Waiting.Task;
        var job = await world.NewestAsync("Fit_it");
        Assert.Equal((JobState.Starting, "no GPU is free"), (job.State, job.Reason));

        Ok(await world.Jobs.StopAsync(Admin, Ref("Fit_it"), $"{job.Set}", "", default));
        await machines.LetGo.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(JobState.Killed, (await world.NewestAsync("Fit_it")).State);
    }

    private static JsonObject Parsed() =>
        JsonNode.Parse(TrainingJobSpecTests.Spec(TrainingJobSpecTests.Manifest))!.AsObject();

    private static async Task CreateAsync(PipelineWorld world)
    {
        await world.CreateRepoAsync("in");
        await world.CreateAsync(Parsed());
    }

    /// <param name="run">What running a job comes to.</param>
    private sealed class Machines(Func<GangOrder, GangEnd> run) : IGangs
    {
        public System.Collections.Concurrent.ConcurrentBag<GangOrder> Orders { get; } = [];

        /// <summary>Why jobs never come to run; null: they do.</summary>
        public string? Waits { get; init; }

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StopAllAsync(CancellationToken ct) => Task.CompletedTask;

        public async Task<GangEnd> RunAsync(
            GangOrder order,
            Action<string?> waiting,
            CancellationToken unwanted,
            CancellationToken ct
        )
        {
            Orders.Add(order);
            waiting(Waits);
            if (Waits is null)
            {
                return run(order);
            }

            Waiting.TrySetResult();
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var stop = unwanted.Register(told.SetResult);
            await told.Task.WaitAsync(ct);
            LetGo.TrySetResult();
            return new(false, "stopped");
        }
    }
}
