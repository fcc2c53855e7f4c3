using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Cli.Workloads.Shares;

namespace Braid.Cli.Workloads;

/// <summary>
/// Run:ai's own meaning of the words that pachctl has, too. <c>braid runai WORDS</c> takes them so; with <c>alias runai='braid runai'</c>,
/// what was written for <c>runai</c> goes on working.
/// </summary>
internal static class RunaiWords
{
    public static Command Command { get; } =
        new(
            "runai",
            "<words>",
            "Take the words as Run:ai's, also where pachctl has the same: alias runai='braid runai'."
        )
        {
            RunAsync = (call, _) =>
            {
                call.Out.Write(HelpText.OfProgram());
                return Task.FromResult(0);
            },
        };

    private static readonly Dictionary<string, Command> own = new(StringComparer.Ordinal)
    {
        ["list jobs"] = ListWorkloads.Command("list jobs", null),
        ["list job"] = ListWorkloads.Command("list jobs", null),
        ["list projects"] = ListShares.OfV1,
        ["list project"] = ListShares.OfV1,
        ["delete job"] = ChangeWorkload.Delete("delete job"),
        ["logs"] = WorkloadLogs.Command("logs"),
    };

    /// <summary>The command that the words behind <c>runai</c> begin with, and how many of them name it; null for one that means the same to both.</summary>
    public static (Command Command, int Words)? Find(IReadOnlyList<string> words)
    {
        for (var count = Math.Min(2, words.Count); count > 0; count--)
        {
            if (own.TryGetValue(string.Join(' ', words.Take(count)), out var command))
            {
                return (command, count);
            }
        }

        return null;
    }
}
