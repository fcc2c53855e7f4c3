using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>The commits of a repo, of a set, or the sets themselves.</summary>
internal static class ListCommit
{
    private static readonly Flag from = Flags.Value("from", 'f', "Only commits after this one.");
    private static readonly Flag number = Flags.Value("number", 'n', "At most this many.");
    private static readonly Flag all = Flags.Switch("all", null, "Also commits that the system made for itself.");
    private static readonly Flag expand = Flags.Switch("expand", 'x', "Show the commits of every set, not the sets.");

    public static Command Command { get; } =
        new Command(
            "list commit",
            "[<commit-id>|<repo>[@<branch-or-commit>]]",
            "List the commits of a repo or of a set, or all sets."
        )
        {
            Flags =
            [
                all,
                expand,
                from,
                Flags.FullTimestamps,
                Flags.NoPager,
                number,
                Origins.Flag,
                .. Flags.Format,
                Flags.Project,
            ],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct) =>
        call.Argument(0) switch
        {
            null => ListSetsAsync(call, ct),
            { } id when Names.IsId(id) => ListSetAsync(call, id, ct),
            { } repo => ListRepoAsync(call, repo, ct),
        };

    private static void Refuse(Invocation call, string when, params Flag[] flags)
    {
        if (flags.FirstOrDefault(call.Has) is { } flag)
        {
            throw new Failure($"cannot specify --{flag.Name} when listing {when}");
        }
    }

    private static async Task<int> ListSetsAsync(Invocation call, CancellationToken ct)
    {
        Refuse(call, "all commits", Origins.Flag, from);
        var most = call.Number(number, 0);
        var count = 0;
        var request = new ListCommitSetRequest { Project = new() { Name = call.Project } };
        var (sets, commits) = (new CommitSetTable(call), new CommitTable(call));
        await foreach (var set in call.Pach.StreamAsync(PfsMethods.ListCommitSet, request, ct))
        {
            if (call.Has(expand))
            {
                var shown = most == 0 ? set.Commits : set.Commits.Take((int)most - count);
                shown.ToList().ForEach(commits.Add);
            }
            else
            {
                sets.Add(set);
            }

            count += call.Has(expand) ? set.Commits.Count : 1;
            if (most != 0 && count >= most)
            {
                break;
            }
        }

        (call.Has(expand) ? (Action)commits.Finish : sets.Finish)();
        return 0;
    }

    private static async Task<int> ListSetAsync(Invocation call, string id, CancellationToken ct)
    {
        Refuse(call, "subcommits", from, all, Origins.Flag);
        var table = new CommitTable(call);
        var left = call.Number(number, long.MaxValue) is var most and > 0 ? most : long.MaxValue;
        var request = new InspectCommitSetRequest { CommitSet = new() { Id = id } };
        await foreach (var commit in call.Pach.StreamAsync(PfsMethods.InspectCommitSet, request, ct))
        {
            if (left-- > 0)
            {
                table.Add(commit);
            }
        }

        table.Finish();
        return 0;
    }

    private static async Task<int> ListRepoAsync(Invocation call, string text, CancellationToken ct)
    {
        var table = new CommitTable(call);
        await foreach (var commit in call.Pach.StreamAsync(PfsMethods.ListCommit, RequestOf(call, text), ct))
        {
            table.Add(commit);
        }

        table.Finish();
        return 0;
    }

    private static ListCommitRequest RequestOf(Invocation call, string text)
    {
        var to = Names.Commit(call.Project, text);
        var request = new ListCommitRequest
        {
            Repo = to.Repo,
            Number = call.Number(number, 0),
            All = call.Has(all),
            OriginKind = Origins.Of(call, all),
        };
        if (text.Contains('@', StringComparison.Ordinal))
        {
            request.To = to;
        }

        if (call.Text(from) is { } start)
        {
            request.From = Names.Commit(call.Project, $"{Names.Of(to.Repo)}@{start}");
            request.To = to;
        }

        return request;
    }
}
