using Braid.Workloads.Submission;

namespace Braid.Workloads.Replaying;

/// <summary>What shares had of the machines in the past, step by step.</summary>
/// <param name="Shares">Those of which there was work, by name.</param>
public sealed record UseOverTime(DateTimeOffset Since, TimeSpan Step, IReadOnlyList<ShareUse> Shares)
{
    /// <summary>As many as a chart has room for.</summary>
    internal const int Steps = 120;

    internal static UseOverTime Of(IReadOnlyList<PastWork> past, DateTimeOffset since, DateTimeOffset until)
    {
        var step = (until - since) / Steps;
        return new(
            since,
            step,
            [
                .. past.GroupBy(work => work.Share, StringComparer.Ordinal)
                    .OrderBy(share => share.Key, StringComparer.Ordinal)
                    .Select(share => new ShareUse(share.Key, MeansOf([.. share], since, step))),
            ]
        );
    }

    private static MachineParts[] MeansOf(IReadOnlyList<PastWork> works, DateTimeOffset since, TimeSpan step)
    {
        var means = new MachineParts[Steps];
        for (var at = 0; at < Steps; at++)
        {
            var (from, to) = (since + (at * step), since + ((at + 1) * step));
            foreach (var work in works)
            {
                means[at] += work.Parts * (work.Runs.Sum(run => run.Within(from, to) / step));
            }
        }

        return means;
    }
}

/// <summary>What a share had on average in each step.</summary>
public sealed record ShareUse(string Share, IReadOnlyList<MachineParts> Means);
