using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Tests.Outcomes;

public sealed class MessageTests
{
    [Fact]
    public void A_limit_is_told_with_its_numbers() =>
        Assert.Equal(
            "team-a quota has reached the allowable limit of GPUs. Limit is 2 GPUs, currently 2 GPUs allocated and workload requested 1 GPUs",
            new OverLimit("team-a", ResourceKind.Gpu, 2, 2, 1).Message
        );

    [Fact]
    public void A_quota_of_non_preemptible_work_is_told_with_its_numbers() =>
        Assert.Equal(
            "Non-preemptible workload is over quota. Workload requested 2 GPUs, but team-a quota is 1 GPUs, while 1 GPUs are "
                + "already allocated for non-preemptible pods. Use a preemptible workload to go over quota.",
            new NonPreemptibleOverQuota("team-a", ResourceKind.Gpu, 1, 1, 2).Message
        );

    [Fact]
    public void A_scarce_resource_is_told_with_those_who_hold_it() =>
        Assert.Equal(
            "3 of 4 nodes have too little gpu: 2 requested, at most 1 free of 8; held by big (7), small (0.5)",
            new NotEnoughFree(
                "gpu",
                2,
                1,
                8,
                3,
                4,
                [new(default, "big", default, 7), new(default, "small", default, 0.5)]
            ).Message
        );
}
