using Braid.Cli.Auth;
using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Explaining;
using Braid.Cli.Workloads.Jobs;
using Braid.Cli.Workloads.Listing;
using Braid.Cli.Workloads.Shares;
using Braid.Cli.Workloads.Submitting;

namespace Braid.Cli.Workloads;

/// <summary>
/// The words of Run:ai, in the order of the help text: those of v1 (<c>submit NAME</c>, <c>describe job NAME</c>) where pachctl has none of
/// the same, and those of v2 (<c>training submit NAME</c>), which put the noun first.
/// </summary>
internal static class WorkloadCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        SubmitWorkload.Command("submit", null),
        ListWorkloads.Command("list", null),
        DescribeWorkload.Command("describe job"),
        ExplainWorkload.Command,
        WhatIf.Command,
        ChangeWorkload.Suspend("suspend"),
        ChangeWorkload.Resume("resume"),
        ChangeWorkload.Delete("delete"),
        .. OfNoun("workload", null),
        .. OfNoun("training", "train"),
        .. OfNoun("workspace", "interactive"),
        .. OfNoun("inference", "inference"),
        CreateJobs.Command,
        .. GetJobs.All,
        CreateShare.Command,
        SetShare.Command,
        DeleteShare.Command,
        ListShares.Command,
        ListNodes.Command("list node"),
        ListNodes.Command("node list"),
        ListNodes.Pools,
        ChangeNode.Cordon,
        ChangeNode.Uncordon,
        ChangeNode.Delete,
        ConfigProject.Command,
        AuthCommands.WhoAmI with
        {
            Name = "whoami",
        },
        RunaiWords.Command,
        .. NotHere.All,
    ];

    private static IEnumerable<Command> OfNoun(string noun, string? kind) =>
        [
            .. kind is null ? (Command[])[] : [SubmitWorkload.Command($"{noun} submit", kind)],
            ListWorkloads.Command($"{noun} list", kind),
            DescribeWorkload.Command($"{noun} describe"),
            WorkloadLogs.Command($"{noun} logs"),
            ChangeWorkload.Suspend($"{noun} suspend"),
            ChangeWorkload.Resume($"{noun} resume"),
            ChangeWorkload.Delete($"{noun} delete"),
        ];
}
