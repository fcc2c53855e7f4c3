using Braid.Testing;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests.Faults;

/// <summary>Clocks that somebody sets, forward and back.</summary>
public sealed class ClockFaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_servers_clock_that_is_set_loses_no_node_and_stops_no_loop(int hours)
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await node.Programs.PrintAsync("before");

        cluster.Clock.Set(TimeSpan.FromHours(hours));
        await cluster.PassAsync(TimeSpan.FromMinutes(1));
        await node.Programs.PrintAsync("after");
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        await cluster.AssertDoneOnceAsync(id, "before", "after");
        Assert.Equal(1, node.Programs.Begun);

        var next = (await cluster.Server.SubmitAsync("next")).Id;
        await cluster.UntilAsync(next, WorkloadState.Running);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_node_that_dies_when_the_servers_clock_is_set_is_given_up_in_its_time(int hours)
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await cluster.AddAsync("node-a");
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        var second = await cluster.AddAsync("node-b");

        first.Cut();
        cluster.Clock.Set(TimeSpan.FromHours(hours));
        await cluster.PassAsync(TimeSpan.FromSeconds(28));
        await Eventually.IsTrueAsync(() => Task.FromResult(second.Programs.Begun == 1), "it runs on node-b");
        Assert.False((await cluster.Server.Host.Nodes.ListAsync(default)).Single(one => one.Name == "node-a").IsAlive);
    }

    [Fact]
    public async Task A_server_that_starts_after_its_clock_was_set_back_places_at_once()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.AddAsync();
        await cluster.PassAsync(TimeSpan.FromSeconds(2));
        cluster.Clock.Set(TimeSpan.FromHours(-1));
        var workload = await cluster.Server.SubmitAsync();
        await cluster.Server.PlaceAsAnotherServerAsync();
        Assert.Contains((await cluster.Server.GetAsync(workload.Id)).Events, told => told.Kind == "Placed");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_nodes_clock_that_is_wrong_delays_nothing(int hours)
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        node.Clock.Skew = TimeSpan.FromHours(hours);
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await node.Programs.EndAsync(1);
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 2), "it is begun again, not hours later");
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        var replica = Assert.Single((await cluster.Server.GetAsync(id)).Replicas);
        Assert.InRange(cluster.Clock.GetUtcNow() - replica.Ended!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_pause_between_two_tries_ends_in_its_time_though_the_clock_is_set_back_meanwhile()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var id = (await cluster.Server.SubmitAsync()).Id;
        for (var failures = 1; failures <= 4; failures++)
        {
            await cluster.UntilAsync(id, WorkloadState.Running);
            await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == failures), "it is tried");
            await node.Programs.EndAsync(1);
        }

        await cluster.UntilAsync(id, WorkloadState.Pending);
        cluster.Clock.Set(TimeSpan.FromHours(-1));
        await cluster.UntilAsync(
            () => Task.FromResult(node.Programs.Begun == 5),
            "it is tried again, not an hour later"
        );
    }
}
