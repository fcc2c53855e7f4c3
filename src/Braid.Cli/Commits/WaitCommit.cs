using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
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

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var table = new CommitTable(call);
        await foreach (var commit in WaitAsync(call, ct))
        {
            table.Add(commit);
        }

        table.Finish();
        return 0;
    }

    private static IAsyncEnumerable<CommitInfo> WaitAsync(Invocation call, CancellationToken ct)
    {
        var text = call.Arguments[0];
        return Names.IsId(text)
            ? call.Pach.StreamAsync(
                PfsMethods.InspectCommitSet,
                new InspectCommitSetRequest
                {
                    CommitSet = new() { Id = text },
                    Wait = true,
                },
                ct
            )
            : WaitForOneAsync(call, Names.Commit(call.Project, text), ct);
    }

    private static async IAsyncEnumerable<CommitInfo> WaitForOneAsync(
        Invocation call,
        Commit commit,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var request = new InspectCommitRequest { Commit = commit, Wait = CommitState.Finished };
        yield return await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct);
    }
}
