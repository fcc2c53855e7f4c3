using System.Text.Json.Nodes;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers.Seats;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>Workers of pipelines that ask for resources, and who gives them places.</summary>
public sealed class SeatTests
{
    [Fact]
    public async Task A_pipeline_that_asks_for_a_GPU_starts_when_it_has_its_place_and_gives_it_back()
    {
        var places = new Places { Why = "no GPU is free" };
        await using var world = await StartAsync(places);
        await world.CreateRepoAsync("in");
        await world.PutAsync("in", ("/a", "data"));
        await world.CreateAsync(Asking("cp /pfs/in/a /pfs/out/b; echo $CUDA_VISIBLE_DEVICES"));
        var order = await places.Asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(new WorkerNeeds(500, 1 << 20, 1), order.Needs);
        var job = await world.NewestAsync("asks");
        Assert.Equal((JobState.Starting, "no GPU is free"), (job.State, job.Reason));

        places.Free.Release();
        job = await world.EndedAsync("asks", job.Set);
        Assert.Equal((JobState.Success, order.Run), (job.State, job.Run));
        Assert.Contains("3", await world.LogsAsync(job));
        await places.GivenBack.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task What_ran_in_a_place_that_is_taken_away_runs_again_in_the_next()
    {
        var places = new Places();
        await using var world = await StartAsync(places);
        await world.CreateRepoAsync("in");
        places.Free.Release();
        await world.CreateAsync(Asking("echo begun; [ -e /pfs/in/go ] || sleep 60"));
        var set = await world.PutAsync("in", ("/a", "data"));
        await world.BegunAsync("asks", set);
        places.TakeAway();
        await places.GivenBack.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Eventually.IsTrueAsync(
            async () => await world.NewestAsync("asks") is { State: JobState.Starting, Restarts: 1 },
            "the job waits for another place"
        );
    }

    [Fact]
    public async Task A_pipeline_that_asks_for_nothing_needs_no_place()
    {
        var places = new Places();
        await using var world = await StartAsync(places);
        await world.CreateRepoAsync("in");
        await world.CreateAsync(Spec("plain", "true", "in:/"));
        var job = await world.EndedAsync("plain", await world.PutAsync("in", ("/a", "data")));
        Assert.Equal(JobState.Success, job.State);
        Assert.False(places.Asked.Task.IsCompleted);
    }

    [Theory]
    [InlineData("{}", "{}", null)]
    [InlineData("""{"cpu": 0.5}""", """{"cpu": 2, "memory": "1G"}""", "500 1000000000 0")]
    [InlineData("{}", """{"gpu": {"type": "nvidia.com/gpu", "number": 2}}""", "0 0 2")]
    public void A_limit_stands_for_a_request_that_is_not_said(string requests, string limits, string? expected)
    {
        var spec = Spec("p", "true", "in:/");
        spec["resource_requests"] = JsonNode.Parse(requests);
        spec["resource_limits"] = JsonNode.Parse(limits);
        var needs = Ok(Braid.Pipelines.Specs.Reading.SpecReader.Read(spec.ToJsonString())).Needs;
        Assert.Equal(expected, needs is null ? null : $"{needs.CpuMillicores} {needs.MemoryBytes} {needs.Gpus}");
    }

    private static JsonObject Asking(string shell)
    {
        var spec = Spec("asks", shell, "in:/");
        spec["resource_requests"] = JsonNode.Parse("""{"cpu": 0.5, "memory": "1Mi", "gpu": {"number": 1}}""");
        return spec;
    }

    /// <summary>Gives a place for each time that one becomes free.</summary>
    private sealed class Places : ISeats
    {
        private CancellationTokenSource away = new();

        public SemaphoreSlim Free { get; } = new(0);

        public string? Why { get; init; }

        public TaskCompletionSource<SeatOrder> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GivenBack { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void TakeAway() => away.Cancel();

        public async Task<ISeat?> TakeAsync(SeatOrder order, Action<string?> waiting, CancellationToken unwanted)
        {
            waiting(Why ?? "all are taken");
            Asked.TrySetResult(order);
            try
            {
                await Free.WaitAsync(unwanted);
                away = new();
                return new Place(this, away.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        private sealed class Place(Places places, CancellationToken lost) : ISeat
        {
            public IReadOnlyList<string> Gpus => ["3"];

            public CancellationToken Lost => lost;

            public ValueTask DisposeAsync()
            {
                places.GivenBack.TrySetResult();
                return ValueTask.CompletedTask;
            }
        }
    }
}
