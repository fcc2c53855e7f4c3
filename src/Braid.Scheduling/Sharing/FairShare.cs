namespace Braid.Scheduling.Sharing;

/// <summary>
/// Divides one resource among sibling queues.
/// <code>
/// 1. By right: each gets its quota, or what it asks for when that is less; even when the sum is more than there is.
/// 2. The surplus: tier by tier, in whole units, by weight, until nobody of the tier wants more.
/// 3. The fractions that whole units left over: one unit each, the largest fraction first.
/// </code>
/// </summary>
internal sealed class FairShare
{
    /// <summary>A share this close below a whole number is that number.</summary>
    private const double Rounding = 1e-9;

    private const double RelativeRounding = 1e-13;

    /// <summary>What is less than this is nothing.</summary>
    private const double Nothing = 1e-9;

    private readonly Claim[] claims;
    private readonly double pastUsageFactor;
    private readonly double[] shares;

    /// <summary>The claims by rank: sums are taken in this order, so that the given one decides nothing.</summary>
    private readonly int[] order;

    /// <summary>What each was short of a whole unit; NaN for a queue that was not.</summary>
    private readonly double[] fractions;
    private double remaining;

    private FairShare(Claim[] claims, double pastUsageFactor)
    {
        this.claims = claims;
        this.pastUsageFactor = pastUsageFactor;
        shares = new double[claims.Length];
        fractions = new double[claims.Length];
        Array.Fill(fractions, double.NaN);
        order = [.. Enumerable.Range(0, claims.Length).OrderBy(i => claims[i].Rank)];
    }

    /// <returns>The shares, in the order of the claims, which decides nothing.</returns>
    public static double[] Divide(double total, Claim[] claims, double pastUsageFactor)
    {
        var division = new FairShare(claims, pastUsageFactor);
        division.GiveByRight(total);
        if (division.remaining <= Nothing)
        {
            return division.shares;
        }

        var tiers = division.Tiers();
        foreach (var tier in tiers)
        {
            division.GiveSurplus(tier);
        }

        foreach (var tier in tiers)
        {
            division.GiveFractions(tier);
        }

        return division.shares;
    }

    private void GiveByRight(double total)
    {
        remaining = total;
        foreach (var i in order)
        {
            var right = double.IsPositiveInfinity(claims[i].Quota) ? total : claims[i].Quota;
            shares[i] = Math.Min(right, claims[i].Requestable);
            remaining -= shares[i];
        }
    }

    /// <summary>The claims by priority, the highest first; in each by rank.</summary>
    private List<int[]> Tiers() =>
        [.. order.GroupBy(i => claims[i].Priority).OrderByDescending(tier => tier.Key).Select(tier => tier.ToArray())];

    private void GiveSurplus(int[] tier)
    {
        var parts = new double[claims.Length];
        while (remaining > Nothing && Weigh(tier, parts) is var sum && sum > 0 && GiveRound(tier, parts, sum)) { }
    }

    /// <summary>
    /// The weights of those of the tier that want more, normalised, and moved by what each used in the past.
    /// </summary>
    private double Weigh(int[] tier, double[] parts)
    {
        var weights = 0.0;
        foreach (var i in tier)
        {
            weights += Wants(i) ? claims[i].Weight : 0;
        }

        var sum = 0.0;
        foreach (var i in tier)
        {
            var weight = Wants(i) && weights > 0 ? claims[i].Weight / weights : 0;
            parts[i] = weight > 0 ? Math.Max(0, weight + (pastUsageFactor * (weight - claims[i].PastUsage))) : 0;
            sum += parts[i];
        }

        return sum;
    }

    private bool Wants(int i) => claims[i].Weight > 0 && claims[i].Requestable > shares[i] + Nothing;

    /// <returns>Whether somebody wanted less than its share, so that another round has something to give.</returns>
    private bool GiveRound(int[] tier, double[] parts, double sum)
    {
        var amount = remaining;
        var again = false;
        foreach (var i in tier)
        {
            if (parts[i] <= 0)
            {
                continue;
            }

            var share = amount * parts[i] / sum;
            var want = claims[i].Requestable - shares[i];
            var given = want <= share ? want : WholeUnits(share);
            again |= want < share;
            fractions[i] = want <= share ? double.NaN : Math.Max(0, share - given);
            shares[i] += given;
            remaining -= given;
        }

        return again;
    }

    private static double WholeUnits(double share) => Math.Floor(share + Math.Max(Rounding, share * RelativeRounding));

    private void GiveFractions(int[] tier)
    {
        var waiting = tier.Where(i => !double.IsNaN(fractions[i]))
            .OrderByDescending(i => Math.Round(fractions[i], 9))
            .ThenBy(i => claims[i].Rank);
        foreach (var i in waiting)
        {
            if (remaining <= Nothing)
            {
                return;
            }

            var given = Math.Min(1, remaining);
            shares[i] += given;
            remaining -= given;
        }
    }
}
