using Braid.Agent.Protocol;
using Braid.Scheduling;
using Braid.Workloads.Desks;
using Braid.Workloads.Nodes;
using Braid.Workloads.Submission;
using Braid.Workloads.Tests.Faults;
using Machine = Braid.Workloads.Nodes.Machine;

namespace Braid.Workloads.Tests;

/// <summary>What nodes can run, and what of them replicas get.</summary>
public sealed class NodeKindTests
{
    private const string image = "python:3";

    [Fact]
    public async Task Work_that_demands_its_image_waits_for_a_node_that_runs_containers()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync("node-a", Runs("process"));
        await fixture.SubmitAsync(
            spec: WorkloadsFixture.NewSpec() with
            {
                Image = image,
                NodeSelector = new Dictionary<string, string> { [NodeKinds.RunsImages] = "true" },
            }
        );
        await fixture.PlaceAsync();
        Assert.Empty(await fixture.OrdersAsync());

        await fixture.RegisterAsync("node-b", Runs("process", "docker"));
        await fixture.PlaceAsync();
        Assert.Single(await fixture.OrdersAsync("node-b"));
    }

    [Fact]
    public async Task A_node_that_runs_nothing_but_containers_gets_no_work_without_an_image()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync("node-a", Runs("podman"));
        await fixture.SubmitAsync("without");
        await fixture.SubmitAsync("with", WorkloadsFixture.NewSpec() with { Image = image });
        await fixture.PlaceAsync();
        Assert.Equal("with-0", Assert.Single(await fixture.OrdersAsync()).Attempt.Replica);
    }

    [Fact]
    public async Task Each_replica_gets_the_instances_of_a_divided_gpu_that_nobody_else_has()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync("node-a", Divided());
        foreach (var name in (string[])["one", "two", "three"])
        {
            await fixture.SubmitAsync(name, Asking(new() { MigProfile = "1g.10gb" }));
        }

        await fixture.SubmitAsync("whole", Asking(new() { Gpus = 1 }));
        await fixture.PlaceAsync();
        var orders = (await fixture.OrdersAsync()).Cast<WorkOrder.Run>().ToList();
        Assert.Equal(
            ["[1]", "[2]"],
            orders
                .Where(order => order.Attempt.Replica != "whole-0")
                .Select(order => $"[{string.Join(',', order.Gpus)}]")
                .Order()
        );
        Assert.Equal([0], orders.Single(order => order.Attempt.Replica == "whole-0").Gpus);

        // The third gets the instance of the one that ends.
        var ended = orders.First(order => order.Gpus is [2]);
        await fixture.EndAsync(ended.Attempt, 0);
        await fixture.PlaceAsync();
        var last = (await fixture.OrdersAsync())
            .Cast<WorkOrder.Run>()
            .Single(order => !orders.Contains(order) && order.Gpus is [2]);
        Assert.NotEqual(ended.Attempt.Replica, last.Attempt.Replica);
    }

    [Fact]
    public async Task A_program_is_given_the_devices_that_were_placed_by_their_ids()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Decide = Scheduler.Decide;
        var node = await cluster.AddAsync(
            "node-a",
            new NodeGpu(0, "MIG-a", "H200", 18L << 30, "1g.18gb"),
            new NodeGpu(1, "GPU-b", "H200", 141L << 30),
            new NodeGpu(2, "GPU-c", "H200", 141L << 30)
        );
        await cluster.Server.SubmitAsync("whole", Asking(new() { Gpus = 2 }));
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 1), "it runs");
        await cluster.Server.SubmitAsync("part", Asking(new() { MigProfile = "1g.18gb" }));
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 2), "it runs");
        await cluster.Server.SubmitAsync("none");
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 3), "it runs");
        Assert.Equal(["GPU-b,GPU-c", "MIG-a", ""], node.Programs.Specs.Select(spec => string.Join(',', spec.Gpus)));
    }

    [Fact]
    public async Task The_log_of_work_says_that_its_image_was_not_used()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.AddAsync();
        var id = (await cluster.Server.SubmitAsync(spec: WorkloadsFixture.NewSpec() with { Image = image })).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        var log = await cluster.Server.Logs.SliceAsync(WorkloadsFixture.Someone, id, new(0, 100, 100), default);
        Assert.Single(log.Value, line => line.Text == $"train-0: the image \"{image}\" was not used");
    }

    [Fact]
    public async Task What_earlier_attempts_took_counts_and_what_it_waited_does_not()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync("node-a", Divided());
        var workload = await fixture.SubmitAsync("train", Asking(new() { Gpus = 1 }));
        await fixture.PlaceAsync();
        await RunAsync(seconds: 3);
        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, workload.Id, default);
        await fixture.EndAsync(Order(await fixture.OrdersAsync()), 143);
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((3, 3), await TookAsync());

        await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, workload.Id, default);
        await fixture.PlaceAsync();
        await RunAsync(seconds: 2);
        Assert.Equal((5, 5), await TookAsync());
        await fixture.EndAsync(Order(await fixture.OrdersAsync()), 0);
        fixture.Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal((5, 5), await TookAsync());

        static AttemptId Order(IReadOnlyList<WorkOrder> orders) => Assert.Single(orders).Attempt;

        async Task RunAsync(int seconds)
        {
            await fixture.StartAsync(Order(await fixture.OrdersAsync()));
            fixture.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        async Task<(double, double)> TookAsync()
        {
            var (work, now) = (await fixture.GetAsync(workload.Id), fixture.Clock.GetUtcNow());
            return (work.Ran(now).TotalSeconds, work.GpuTime(now).TotalSeconds);
        }
    }

    private static WorkloadSpec Asking(ProgramRequest request) => WorkloadsFixture.NewSpec() with { Request = request };

    private static Machine Runs(params string[] executors) =>
        new()
        {
            CpuMillicores = 4000,
            MemoryBytes = 1L << 33,
            Executors = executors,
        };

    private static Machine Divided() =>
        Runs("process") with
        {
            Gpus =
            [
                new(0, "MIG-a", "H100", 10L << 30, "1g.10gb"),
                new(1, "GPU-b", "H100", 80L << 30),
                new(0, "MIG-c", "H100", 10L << 30, "1g.10gb"),
            ],
        };
}
