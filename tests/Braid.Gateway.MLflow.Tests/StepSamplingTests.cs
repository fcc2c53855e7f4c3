using Braid.Gateway.MLflow.Metrics;

namespace Braid.Gateway.MLflow.Tests;

public sealed class StepSamplingTests
{
    private static readonly long[] hundred = [.. Enumerable.Range(0, 100).Select(i => (long)i)];

    [Fact]
    public void Few_steps_are_all_shown() =>
        Assert.Equal(
            [1L, 2, 5],
            StepSampling
                .Choose(
                    [
                        [1, 2],
                        [2, 5],
                    ],
                    long.MinValue,
                    long.MaxValue,
                    3
                )
                .Order()
        );

    [Fact]
    public void Of_many_steps_every_kth_and_the_last_are_shown() =>
        Assert.Equal([0L, 25, 50, 75, 99], StepSampling.Choose([hundred], long.MinValue, long.MaxValue, 4).Order());

    [Fact]
    public void Each_runs_first_and_last_step_is_shown() =>
        Assert.Superset(
            new HashSet<long> { 13, 17 },
            StepSampling.Choose([hundred, [13, 17]], long.MinValue, long.MaxValue, 4).ToHashSet()
        );

    [Fact]
    public void A_range_leaves_the_rest_out() =>
        Assert.Equal([40L, 41, 42], StepSampling.Choose([hundred], 40, 42, 10).Order());
}
