using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>Prints commits as they are made, until it is interrupted.</summary>
internal static class SubscribeCommit
{
    private static readonly Flag from = Flags.Value("from", null, "Only commits after this one.");
    private static readonly Flag isNew = Flags.Switch("new", null, "Only commits that are made from now on.");
    private static readonly Flag all = Flags.Switch("all", null, "Also commits that the system made for itself.");

    public static Command Command { get; } =
        new Command("subscribe commit", "<repo>[@<branch>]", "Print commits as they are made.")
        {
            Flags = [all, from, Flags.FullTimestamps, isNew, Origins.Flag, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var table = new CommitTable(call);
        await foreach (var commit in call.Pach.StreamAsync(PfsMethods.SubscribeCommit, RequestOf(call), ct))
        {
            table.Add(commit);
            table.Finish();
        }

        return 0;
    }

    private static SubscribeCommitRequest RequestOf(Invocation call)
    {
        if (call.Has(isNew) && call.Text(from) is not null)
        {
            throw new Failure("--new and --from cannot be used together");
        }

        var commit = Names.Commit(call.Project, call.Arguments[0]);
        var request = new SubscribeCommitRequest
        {
            Repo = commit.Repo,
            Branch = call.Arguments[0].Contains('@', StringComparison.Ordinal) ? commit.Branch.Name : "",
            All = call.Has(all),
            OriginKind = Origins.Of(call, all),
            State = CommitState.Started,
        };
        if ((call.Has(isNew) ? commit.Branch.Name : call.Text(from)) is { } start)
        {
            request.From = Names.Commit(call.Project, $"{Names.Of(commit.Repo)}@{start}");
        }

        return request;
    }
}
