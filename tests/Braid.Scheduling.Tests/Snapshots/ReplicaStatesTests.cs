using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Tests.Snapshots;

public sealed class ReplicaStatesTests
{
    [Theory]
    [InlineData(ReplicaState.Pending, false, false, false, true)]
    [InlineData(ReplicaState.Gated, false, false, false, true)]
    [InlineData(ReplicaState.Allocated, true, true, true, true)]
    [InlineData(ReplicaState.Promised, false, true, true, true)]
    [InlineData(ReplicaState.Binding, true, true, true, true)]
    [InlineData(ReplicaState.Bound, true, true, true, true)]
    [InlineData(ReplicaState.Running, true, true, true, true)]
    [InlineData(ReplicaState.Releasing, false, false, true, false)]
    [InlineData(ReplicaState.Succeeded, false, false, false, false)]
    [InlineData(ReplicaState.Failed, false, false, false, false)]
    [InlineData(ReplicaState.Unknown, false, false, false, false)]
    [InlineData(ReplicaState.Deleted, false, false, false, false)]
    public void Each_state_is_in_the_sets_that_decisions_are_made_with(
        ReplicaState state,
        bool allocated,
        bool active,
        bool uses,
        bool alive
    )
    {
        Assert.Equal(allocated, state.IsAllocated());
        Assert.Equal(active, state.IsActive());
        Assert.Equal(uses, state.IsUsing());
        Assert.Equal(alive, state.IsAlive());
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("gpu", null, true)]
    [InlineData("gpu", "a100", true)]
    [InlineData("gpu", "h100", false)]
    [InlineData("cpu", null, false)]
    [InlineData(null, "h100", false)]
    public void A_toleration_covers_the_taints_of_its_key_and_value(string? key, string? value, bool covers) =>
        Assert.Equal(covers, new Toleration(key, value).Covers(new("gpu", "a100")));

    [Theory]
    [InlineData(50, null, true)]
    [InlineData(99, null, true)]
    [InlineData(100, null, false)]
    [InlineData(125, true, true)]
    [InlineData(50, false, false)]
    public void A_workload_is_preemptible_when_it_says_so_or_its_priority_is_below_100(
        int priority,
        bool? says,
        bool preemptible
    )
    {
        var workload = new Workload(default, "w", default, []) { Priority = priority, Preemptible = says };
        Assert.Equal(preemptible, workload.IsPreemptible);
    }
}
