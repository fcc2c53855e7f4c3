using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Explaining;

/// <summary>What projects have of the GPUs, and what they have a right to.</summary>
internal static class Standings
{
    /// <param name="call">Where it is printed.</param>
    /// <param name="shares">How they stand.</param>
    /// <param name="after">How they would stand; null when nothing is supposed.</param>
    public static void Write(
        Invocation call,
        IReadOnlyList<StandingRecord> shares,
        IReadOnlyList<StandingRecord>? after
    )
    {
        var would = after?.ToDictionary(share => share.Name, StringComparer.Ordinal);
        var table = new PlainTable("PROJECT", "QUOTA", "FAIR SHARE", "ALLOCATED", "REQUESTED");
        foreach (var share in shares)
        {
            var then = would?.GetValueOrDefault(share.Name);
            table.Add(
                share.Name,
                Change(share.Quota, then?.Quota),
                Change(share.FairShare, then?.FairShare),
                Amounts.Number(share.Held),
                Amounts.Number(share.Wanted)
            );
        }

        table.Write(call.Out);
    }

    private static string Change(double now, double? then) =>
        then is null || then == now
            ? Amounts.Term(now, Amounts.Number)
            : $"{Amounts.Term(now, Amounts.Number)} -> {Amounts.Term(then, Amounts.Number)}";
}
