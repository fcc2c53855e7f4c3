using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

internal static class WaitCommit
{
    public static Command Command { get; } =
        new Command(
            "wait commit",
            "<repo>@<branch-or-commit>|<commit-id>",
            "Wait until a commit, or every commit of a set, is finished, and show it."
        )
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct) =>
        Names.IsId(call.Arguments[0]) ? WaitForSetAsync(call, ct) : WaitForOneAsync(call, ct);

    private static async Task<int> WaitForSetAsync(Invocation call, CancellationToken ct)
    {
        var table = new CommitTable(call);
        var request = new InspectCommitSetRequest
        {
            CommitSet = new() { Id = call.Arguments[0] },
            Wait = true,
        };
        await foreach (var commit in call.Pach.StreamAsync(PfsMethods.InspectCommitSet, request, ct))
        {
            table.Add(commit);
        }

        table.Finish();
        return 0;
    }

    private static async Task<int> WaitForOneAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectCommitRequest
        {
            Commit = Names.Commit(call.Project, call.Arguments[0]),
            Wait = CommitState.Finished,
        };
        CommitBlock.Write(call, format, await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct));
        return 0;
    }
}
