using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>The commands that take commits away: a whole set, or one commit (pachctl's <c>V2</c> words).</summary>
internal static class RemoveCommit
{
    private static readonly Flag recursive = Flags.Switch("recursive", 'r', "Also the commits that were made from it.");

    public static Command Squash { get; } =
        OfSet(
            "squash commit",
            "Remove the commits of a set; their children keep the data.",
            (call, set, ct) =>
                call.Pach.CallAsync(PfsMethods.SquashCommitSet, new SquashCommitSetRequest { CommitSet = set }, ct),
            SquashAsync
        );

    public static Command Delete { get; } =
        OfSet(
            "delete commit",
            "Delete the commits of a set, with their data.",
            (call, set, ct) =>
                call.Pach.CallAsync(PfsMethods.DropCommitSet, new DropCommitSetRequest { CommitSet = set }, ct),
            DropAsync
        );

    public static Command SquashOne { get; } =
        OfOne("squash commitV2", "Remove one commit; its children keep the data.", SquashAsync);

    public static Command DeleteOne { get; } = OfOne("delete commitV2", "Delete one commit, with its data.", DropAsync);

    private static Task SquashAsync(Invocation call, Commit commit, CancellationToken ct) =>
        call.Pach.CallAsync(
            PfsMethods.SquashCommit,
            new SquashCommitRequest { Commit = commit, Recursive = call.Has(recursive) },
            ct
        );

    private static Task DropAsync(Invocation call, Commit commit, CancellationToken ct) =>
        call.Pach.CallAsync(
            PfsMethods.DropCommit,
            new DropCommitRequest { Commit = commit, Recursive = call.Has(recursive) },
            ct
        );

    /// <summary>Until 2.0 the words meant one commit: what names its repo still does.</summary>
    private static Command OfSet(
        string name,
        string summary,
        Func<Invocation, CommitSet, CancellationToken, Task> removeAsync,
        Func<Invocation, Commit, CancellationToken, Task> removeOneAsync
    ) =>
        new Command(name, "<commit-id>", summary)
        {
            Flags = [Flags.Project],
            RunAsync = async (call, ct) =>
            {
                var text = call.Arguments[0];
                await (
                    text.Contains('@', StringComparison.Ordinal)
                        ? removeOneAsync(call, Names.Commit(call.Project, text), ct)
                        : removeAsync(call, new() { Id = text }, ct)
                );
                return 0;
            },
        }.Taking(1);

    private static Command OfOne(
        string name,
        string summary,
        Func<Invocation, Commit, CancellationToken, Task> removeAsync
    ) =>
        new Command(name, "<repo>@<branch-or-commit>", summary)
        {
            Flags = [Flags.Project, recursive],
            RunAsync = async (call, ct) =>
            {
                await removeAsync(call, Names.Commit(call.Project, call.Arguments[0]), ct);
                return 0;
            },
        }.Taking(1);
}
