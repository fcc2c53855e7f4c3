using Braid.Cli.CommandLine;
using Braid.Cli.Commits;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.OldForms;

/// <summary>Waits until everything that was made from the commits is finished, and lists it: what the set of a commit is today.</summary>
internal static class FlushCommit
{
    private static readonly Flag repos = Flags.Values("repos", 'r', "Only the commits of this repo; may be repeated.");

    public static Command Command { get; } = Of("flush commit");

    public static Command Dashed { get; } = Of("flush-commit");

    /// <summary>The sets that the commits belong to, each once.</summary>
    public static async Task<IReadOnlyList<string>> SetsAsync(Invocation call, CancellationToken ct)
    {
        var sets = new List<string>();
        foreach (var text in call.Arguments)
        {
            var id = Names.IsId(text) ? text : await ResolveAsync(call, OldNames.Slashed(text), ct);
            if (!sets.Contains(id))
            {
                sets.Add(id);
            }
        }

        return sets;
    }

    private static async Task<string> ResolveAsync(Invocation call, string text, CancellationToken ct)
    {
        var request = new InspectCommitRequest { Commit = Names.Commit(call.Project, text) };
        return (await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct)).Commit.Id;
    }

    private static Command Of(string name) =>
        new Command(
            name,
            "<repo>@<commit> ...",
            "Wait until everything that was made from commits is finished: wait commit."
        )
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project, repos],
            RunAsync = RunAsync,
        }.Taking(1, int.MaxValue);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var table = new CommitTable(call);
        var wanted = call.All(repos);
        foreach (var set in await SetsAsync(call, ct))
        {
            var request = new InspectCommitSetRequest
            {
                CommitSet = new() { Id = set },
                Wait = true,
            };
            await foreach (var commit in call.Pach.StreamAsync(PfsMethods.InspectCommitSet, request, ct))
            {
                if (wanted.Count == 0 || wanted.Contains(Names.RepoOf(commit.Commit).Name))
                {
                    table.Add(commit);
                }
            }
        }

        table.Finish();
        return 0;
    }
}
