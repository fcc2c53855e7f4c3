using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
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
    private static readonly Flag cron = Flags.Value("trigger-cron", null, "Follow at these times (\"@every 1h\").");
    private static readonly Flag rate = Flags.Value(
        "trigger-rate-limit",
        null,
        "Follow at most this often: a cron spec whose next time must have come."
    );
    private static readonly Flag all = Flags.Switch(
        "trigger-all",
        null,
        "Follow when all conditions hold, not any of them."
    );

    public static Command Command { get; } =
        new Command("create branch", "<repo>@<branch>", "Create a branch, or move one.")
        {
            Flags = [head, provenance, Flags.Project, trigger, all, commits, cron, rate, size],
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

        request.Trigger = TriggerOf(call, request.Provenance.Count > 0);
        await call.Pach.CallAsync(PfsMethods.CreateBranch, request, ct);
        return 0;
    }

    private static Trigger? TriggerOf(Invocation call, bool hasProvenance)
    {
        if (call.Text(trigger) is not { Length: > 0 } watched)
        {
            return new[] { size, commits, cron, rate }.Any(call.Has)
                ? throw new Failure(
                    "trigger condition specified without a branch to trigger on, specify a branch with --trigger"
                )
                : null;
        }

        return hasProvenance
            ? throw new Failure("cannot use provenance and triggers on the same branch")
            : new()
            {
                Branch = watched,
                All = call.Has(all),
                Size = call.Text(size) ?? "",
                Commits = call.Number(commits, 0),
                CronSpec = call.Text(cron) ?? "",
                RateLimitSpec = call.Text(rate) ?? "",
            };
    }
}
