using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Overlaps;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

internal static class FinishCommit
{
    private static readonly Flag message = Flags.Value("message", 'm', "A description of the commit's contents.");
    private static readonly Flag description = Flags.Value("description", null, "The same as --message.");

    public static Command Command { get; } =
        new Command("finish commit", "<repo>@<branch-or-commit>", "Finish a commit that was started.")
        {
            Flags = [description, Flags.Force, message, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new FinishCommitRequest
        {
            Commit = Names.Commit(call.Project, call.Arguments[0]),
            Description = call.Text(message) ?? call.Text(description) ?? "",
            Force = call.Has(Flags.Force),
        };
        await call.Pach.CallAsync(PfsMethods.FinishCommit, request, ct);
        await OverlapAlarm.ShowAsync(call, request.Commit, ct);
        return 0;
    }
}
