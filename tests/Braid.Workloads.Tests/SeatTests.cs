using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Workloads.Nodes;
using Braid.Workloads.Parts;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>Places that are held for what nodes do not run.</summary>
public sealed class SeatTests
{
    private static readonly WorkloadSpec half = new()
    {
        Kind = WorkloadKind.Train,
        IsSeat = true,
        Request = new() { CpuMillicores = 3000 },
    };

    [Fact]
    public async Task A_place_counts_beside_others_until_it_is_left_and_nodes_are_told_nothing_of_it()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Braid.Scheduling.Scheduler.Decide;
        await fixture.RegisterAsync();
        var first = await SeatedAsync(fixture, "one");
        Assert.Equal(WorkloadState.Running, (await fixture.GetAsync(first.Part)).State);
        Assert.Empty(await fixture.OrdersAsync());

        var second = await SubmitAsync(fixture, "two");
        await fixture.PlaceAsync();
        var why = new TaskCompletionSource<string>();
        var sitting = fixture.Host.Seats.SitAsync(second, told => why.TrySetResult(told), default);
        Assert.Contains("cpu", await why.Task, StringComparison.OrdinalIgnoreCase);

        await fixture.Host.Seats.LeaveAsync(first.Part);
        await fixture.PlaceAsync();
        Assert.Equal(second, (await sitting)?.Part);
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(first.Part)).State);
    }

    [Fact]
    public async Task Who_has_a_place_learns_that_it_is_lost_with_its_node()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var seat = await SeatedAsync(fixture, "one");
        var lost = fixture.Host.Seats.LostAsync(seat, default);
        Assert.False(lost.IsCompleted);
        await fixture.RegisterAsync(epoch: "epoch-2");
        await lost;
        await fixture.Host.Seats.LeaveAsync(seat.Part);
        Assert.NotNull((await fixture.GetAsync(seat.Part)).Ended);
    }

    [Fact]
    public async Task A_place_names_its_GPUs_as_the_driver_does_beside_one_that_is_divided()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Braid.Scheduling.Scheduler.Decide;
        var machine = new Machine
        {
            CpuMillicores = 4000,
            MemoryBytes = 1L << 33,
            Gpus = [new(0, "MIG-a", "A100", 5L << 30, "1g.5gb"), new(1, "GPU-b", "A100", 40L << 30)],
        };
        await fixture.RegisterAsync("node-a", machine);
        var seat = await SeatedAsync(fixture, "one", half with { Request = new() { Gpus = 1 } });
        Assert.Equal(["GPU-b"], seat.Gpus);
    }

    private static async Task<Seat> SeatedAsync(WorkloadsFixture fixture, string name, WorkloadSpec? spec = null)
    {
        var part = await SubmitAsync(fixture, name, spec);
        await fixture.PlaceAsync();
        return await fixture.Host.Seats.SitAsync(part, _ => { }, default) ?? throw new InvalidOperationException(name);
    }

    private static async Task<RunId> SubmitAsync(WorkloadsFixture fixture, string name, WorkloadSpec? spec = null)
    {
        var run = new RunId(IdSource.System.Next());
        var project = await fixture.Database.WriteAsync(
            db => fixture.Runs.CreateForJobAsync(db, new(run, null, "pipelines", name)),
            default
        );
        return (await fixture.Host.Parts.SubmitAsync(new(run, project, name, spec ?? half), default)).Value;
    }
}
