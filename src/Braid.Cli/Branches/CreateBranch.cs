using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Branches;

internal static class CreateBranch
{
    private static readonly Flag head = Flags.Value(
        "head",
        null,
        "The head of the branch: a commit or another branch of the repo."
    );
    private static readonly Flag provenance = Flags.Values(
        "provenance",
        'p',
        "A branch that this one is made from (repo@branch); may be repeated."
    );
    private static readonly Flag trigger = Flags.Value("trigger", 't', "The branch whose commits this one follows.");
    private static readonly Flag size = Flags.Value(
        "trigger-size",
        null,
        "Follow when this much was added (\"100MB\")."
    );
    private static readonly Flag commits = Flags.Value("trigger-commits", null, "Follow after this many commits.");
    private static readonly Flag cron = Flags.Value("trigger-cron", null, "Follow at these times.");
    private static readonly Flag all = Flags.Switch(
        "trigger-all",
        null,
        "Follow when all conditions hold, not any of them."
    );

    public static Command Command { get; } =
        new Command("create branch", "<repo>@<branch>", "Create a branch, or move one.")
        {
            Flags = [head, provenance, Flags.Project, trigger, all, commits, cron, size],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var branch = Names.Branch(call.Project, call.Arguments[0]);
        var request = new CreateBranchRequest { Branch = branch };
        request.Provenance.AddRange(call.All(provenance).Select(text => Names.Branch(call.Project, text)));
        if (call.Text(head) is { } commit)
        {
            var text = commit.Contains('@', StringComparison.Ordinal) ? commit : $"{Names.Of(branch.Repo)}@{commit}";
            request.Head = Names.Commit(call.Project, text);
        }

        if (call.Text(trigger) is { } watched)
        {
            request.Trigger = new()
            {
                Branch = watched,
                All = call.Has(all),
                Size = call.Text(size) ?? "",
                Commits = call.Number(commits, 0),
                CronSpec = call.Text(cron) ?? "",
            };
        }

        await call.Pach.CallAsync(PfsMethods.CreateBranch, request, ct);
        return 0;
    }
}
