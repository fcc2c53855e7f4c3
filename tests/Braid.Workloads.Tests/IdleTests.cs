using Braid.Agent.Protocol;
using Braid.Scheduling;
using Braid.Workloads.Submission;
using Braid.Workloads.Tests.Faults;

namespace Braid.Workloads.Tests;

/// <summary>What agents take for work, and what for idleness.</summary>
public sealed class IdleTests
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(0.5, WorkloadState.Running)]
    [InlineData(0.01, WorkloadState.TimedOut)]
    public async Task A_program_without_a_gpu_works_when_it_uses_a_processor(double processors, WorkloadState state)
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var id = await StartAsync(cluster, new());
        for (var seconds = 0; seconds < 240; seconds += 4)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4));
            node.Programs.CpuTime += TimeSpan.FromSeconds(4 * processors);
        }

        Assert.Equal(state, (await cluster.Server.GetAsync(id)).State);
    }

    [Theory]
    [InlineData(3, WorkloadState.Running)]
    [InlineData(0, WorkloadState.TimedOut)]
    public async Task A_program_with_a_gpu_works_when_the_gpu_does(int percent, WorkloadState state)
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Decide = Scheduler.Decide;
        var node = await cluster.AddAsync("node-a", new NodeGpu(0, "GPU-a", "H200", 141L << 30));
        node.Uses = [new("GPU-a", 0, percent)];
        var id = await StartAsync(cluster, new() { Gpus = 1 });
        for (var seconds = 0; seconds < 240; seconds += 4)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4));
            node.Programs.CpuTime += TimeSpan.FromSeconds(4);
        }

        Assert.Equal(state, (await cluster.Server.GetAsync(id)).State);
    }

    private static async Task<Primitives.RunId> StartAsync(Cluster cluster, ProgramRequest request)
    {
        await cluster.Server.Host.Shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { TrainIdleLimit = limit },
            default
        );
        var spec = WorkloadsFixture.NewSpec() with { Request = request };
        var id = (await cluster.Server.SubmitAsync(spec: spec)).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        return id;
    }
}
