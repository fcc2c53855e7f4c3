using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

internal static class InspectCommit
{
    public static Command Command { get; } =
        new Command("inspect commit", "<repo>@<branch-or-commit>", "Show a commit.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (Names.IsId(call.Arguments[0]))
        {
            throw new Failure("Use \"list commit <id>\" to see commits with a given ID across different repos");
        }

        var format = RecordFormat.Of(call);
        var request = new InspectCommitRequest
        {
            Commit = Names.Commit(call.Project, call.Arguments[0]),
            Wait = CommitState.Started,
        };
        CommitBlock.Write(call, format, await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct));
        return 0;
    }
}
