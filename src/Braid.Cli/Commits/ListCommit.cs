using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
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
    private static readonly Flag origin = Flags.Value(
        "origin",
        null,
        "Only commits that came about this way: \"user\", \"auto\" or \"fsck\"."
    );

    public static Command Command { get; } =
        new Command(
            "list commit",
            "[<commit-id>|<repo>[@<branch-or-commit>]]",
            "List the commits of a repo or of a set, or all sets."
        )
        {
            Flags = [all, expand, from, Flags.FullTimestamps, number, origin, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct) =>
        call.Argument(0) switch
        {
            null => ListSetsAsync(call, ct),
            { } id when Names.IsId(id) => ListSetAsync(call, id, ct),
            { } repo => ListRepoAsync(call, repo, ct),
        };

    private static async Task<int> ListSetsAsync(Invocation call, CancellationToken ct)
    {
        var request = new ListCommitSetRequest { Project = new() { Name = call.Project } };
        var (sets, commits) = (new CommitSetTable(call), new CommitTable(call));
        await foreach (var set in call.Pach.StreamAsync(PfsMethods.ListCommitSet, request, ct))
        {
            if (call.Has(expand))
            {
                set.Commits.ToList().ForEach(commits.Add);
            }
            else
            {
                sets.Add(set);
            }
        }

        (call.Has(expand) ? (Action)commits.Finish : sets.Finish)();
        return 0;
    }

    private static async Task<int> ListSetAsync(Invocation call, string id, CancellationToken ct)
    {
        var table = new CommitTable(call);
        var request = new InspectCommitSetRequest { CommitSet = new() { Id = id } };
        await foreach (var commit in call.Pach.StreamAsync(PfsMethods.InspectCommitSet, request, ct))
        {
            table.Add(commit);
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
            OriginKind = OriginOf(call),
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

    private static OriginKind OriginOf(Invocation call) =>
        call.Text(origin)?.ToLowerInvariant() switch
        {
            null => OriginKind.Unknown,
            "user" => OriginKind.User,
            "auto" => OriginKind.Auto,
            "fsck" => OriginKind.Fsck,
            var other => throw new Failure($"unknown commit origin \"{other}\": expected user, auto or fsck"),
        };
}
