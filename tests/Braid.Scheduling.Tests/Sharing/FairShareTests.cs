using Braid.Scheduling.Sharing;

namespace Braid.Scheduling.Tests.Sharing;

/// <summary>Worked examples of the three steps.</summary>
public sealed class FairShareTests
{
    private const double Free = double.PositiveInfinity;

    public static TheoryData<string, double, double[][], double[]> Examples =>
        new()
        {
            // total, then per queue: quota, limit, weight, request, priority; then the shares
            {
                "quotas are given first",
                10,
                [
                    [4, Free, 1, 9, 100],
                    [2, Free, 1, 2, 100],
                ],
                [8, 2]
            },
            {
                "quotas are given even when there is less",
                4,
                [
                    [4, Free, 1, 4, 100],
                    [4, Free, 1, 4, 100],
                ],
                [4, 4]
            },
            {
                "nobody gets more than it asks for",
                10,
                [
                    [8, Free, 1, 3, 100],
                    [0, Free, 1, 2, 100],
                ],
                [3, 2]
            },
            {
                "nobody gets more than its limit",
                10,
                [
                    [2, 4, 1, 9, 100],
                    [0, Free, 1, 9, 100],
                ],
                [4, 6]
            },
            {
                "an unlimited quota is all there is",
                10,
                [
                    [Free, Free, 1, 20, 100],
                    [2, Free, 1, 9, 100],
                ],
                [10, 2]
            },
            {
                "the surplus follows weights",
                12,
                [
                    [0, Free, 2, 20, 100],
                    [0, Free, 1, 20, 100],
                ],
                [8, 4]
            },
            {
                "weight 0 gets nothing of it",
                12,
                [
                    [1, Free, 0, 20, 100],
                    [0, Free, 1, 5, 100],
                ],
                [1, 5]
            },
            {
                "what one does not want others get",
                12,
                [
                    [0, Free, 1, 1, 100],
                    [0, Free, 1, 20, 100],
                ],
                [1, 11]
            },
            {
                "higher tiers come first",
                10,
                [
                    [0, Free, 1, 8, 200],
                    [0, Free, 9, 20, 100],
                ],
                [8, 2]
            },
            {
                "fractions go to the oldest as one unit",
                5,
                [
                    [0, Free, 1, 9, 100],
                    [0, Free, 1, 9, 100],
                ],
                [3, 2]
            },
            {
                "the largest fraction gets its unit first",
                10,
                [
                    [0, Free, 1, 20, 100],
                    [0, Free, 2, 20, 100],
                    [0, Free, 3, 20, 100],
                ],
                [2, 3, 5]
            },
            {
                "what is left of fractions may be a part",
                2.5,
                [
                    [0, Free, 1, 9, 100],
                    [0, Free, 1, 9, 100],
                ],
                [1.5, 1]
            },
        };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Shares_are_divided_by_right_then_weight_then_fraction(
        string why,
        double total,
        double[][] queues,
        double[] shares
    )
    {
        var claims = queues
            .Select((q, rank) => new Claim(q[0], q[1], q[2], q[3], PastUsage: 0, (int)q[4], rank))
            .ToArray();
        Assert.True(
            FairShare.Divide(total, claims, pastUsageFactor: 1).SequenceEqual(shares, new Close()),
            $"{why}: {string.Join(", ", FairShare.Divide(total, claims, 1))}"
        );
    }

    [Fact]
    public void Who_used_more_in_the_past_gets_less_of_the_surplus()
    {
        // n = 0.5 each; w = 0.5 + 1 * (0.5 - U) = 0.25 and 0.75
        Claim[] claims = [new(0, Free, 1, 100, 0.75, 100, 0), new(0, Free, 1, 100, 0.25, 100, 1)];
        Assert.Equal([10.0, 30.0], FairShare.Divide(40, claims, pastUsageFactor: 1));
        Assert.Equal([20.0, 20.0], FairShare.Divide(40, claims, pastUsageFactor: 0));
    }

    [Fact]
    public void The_past_takes_nothing_of_a_quota()
    {
        Claim[] claims = [new(10, Free, 1, 10, 1, 100, 0), new(0, Free, 1, 100, 0, 100, 1)];
        Assert.Equal([10.0, 30.0], FairShare.Divide(40, claims, pastUsageFactor: 5));
    }

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double left, double right) => Math.Abs(left - right) < 1e-6;

        public int GetHashCode(double value) => 0;
    }
}
