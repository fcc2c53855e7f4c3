using Braid.Scheduling.Sharing;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Scheduling.Tests.Sharing;

/// <summary>What holds of every division, tried on thousands of random ones.</summary>
public sealed class FairSharePropertyTests
{
    private const int Rounds = 5000;
    private const double Slack = 1e-6;

    private readonly int seed = Seed.Pick();

    public FairSharePropertyTests(ITestOutputHelper output) => output.WriteLine($"BRAID_SEED={seed}");

    [Fact]
    public void Everybody_gets_its_right_and_at_most_one_unit_more_than_it_may_ask_for() =>
        ForEach(
            (total, claims, shares) =>
            {
                for (var i = 0; i < claims.Length; i++)
                {
                    Assert.True(shares[i] >= Right(total, claims[i]) - Slack);
                    Assert.True(shares[i] < claims[i].Requestable + 1 + Slack);
                }
            }
        );

    [Fact]
    public void No_more_is_given_than_there_is_or_is_anybodys_right() =>
        ForEach(
            (total, claims, shares) =>
                Assert.True(shares.Sum() <= Math.Max(total, claims.Sum(claim => Right(total, claim))) + Slack)
        );

    [Fact]
    public void A_higher_tier_is_short_by_less_than_a_unit_for_each_queue_before_a_lower_one_gets_surplus() =>
        ForEach(
            (total, claims, shares) =>
            {
                foreach (var low in claims.Index().Where(low => shares[low.Index] > Right(total, low.Item) + 1 + Slack))
                {
                    var higher = claims.Index().Where(c => c.Item.Priority > low.Item.Priority && c.Item.Weight > 0);
                    var slipped = claims.Index().Where(c => c.Item.Priority <= low.Item.Priority);
                    var surplus = slipped.Sum(c => shares[c.Index] - Right(total, c.Item));
                    var hungry = higher.Any(c => shares[c.Index] < c.Item.Requestable - 1);
                    Assert.True(!hungry || surplus <= claims.Length + Slack, $"{surplus} slipped by hungry queues");
                }
            },
            pastUsageFactor: 0
        );

    [Fact]
    public void The_order_of_the_claims_decides_nothing()
    {
        var random = new Random(seed);
        ForEach(
            (total, claims, shares) =>
            {
                var order = Enumerable.Range(0, claims.Length).ToArray();
                random.Shuffle(order);
                var shuffled = FairShare.Divide(total, [.. order.Select(i => claims[i])], 1);
                Assert.Equal(order.Select(i => shares[i]), shuffled);
            }
        );
    }

    [Fact]
    public void Scaling_all_weights_changes_nothing() =>
        ForEach(
            (total, claims, shares) =>
            {
                var scaled = claims.Select(claim => claim with { Weight = claim.Weight * 4 }).ToArray();
                Assert.Equal(shares, FairShare.Divide(total, scaled, 1));
            }
        );

    [Fact]
    public void Without_a_factor_the_past_changes_nothing() =>
        ForEach(
            (total, claims, shares) =>
            {
                var forgotten = claims.Select(claim => claim with { PastUsage = 0 }).ToArray();
                Assert.Equal(shares, FairShare.Divide(total, forgotten, 0));
            },
            pastUsageFactor: 0
        );

    private static double Right(double total, Claim claim) =>
        Math.Min(double.IsPositiveInfinity(claim.Quota) ? total : claim.Quota, claim.Requestable);

    private void ForEach(Action<double, Claim[], double[]> holds, double pastUsageFactor = 1)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var total = random.Next(0, 40) + (random.Next(4) == 0 ? random.NextDouble() : 0);
            var claims = Enumerable.Range(0, random.Next(1, 9)).Select(rank => Any(random, rank)).ToArray();
            holds(total, claims, FairShare.Divide(total, claims, pastUsageFactor));
        }
    }

    private static Claim Any(Random random, int rank) =>
        new(
            Quota: random.Next(8) == 0 ? double.PositiveInfinity : random.Next(0, 10),
            Limit: random.Next(2) == 0 ? double.PositiveInfinity : random.Next(0, 20),
            Weight: random.Next(0, 5),
            Request: random.Next(3) == 0 ? random.NextDouble() * 20 : random.Next(0, 30),
            PastUsage: random.NextDouble(),
            Priority: random.Next(1, 4) * 50,
            rank
        );
}
