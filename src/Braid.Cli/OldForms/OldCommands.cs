using Braid.Cli.Branches;
using Braid.Cli.CommandLine;
using Braid.Cli.Commits;
using Braid.Cli.Diffs;
using Braid.Cli.Downloads;
using Braid.Cli.Files;
using Braid.Cli.Projects;
using Braid.Cli.Repos;

namespace Braid.Cli.OldForms;

/// <summary>The commands of 1.x: with a dash (until 1.7) and those verbs and flags that 2.0 dropped. Help does not list them.</summary>
internal static class OldCommands
{
    private static readonly Flag overwrite = Flags.Switch(
        "overwrite",
        'o',
        "Replace what is there instead of adding to it."
    );

    private static readonly Dictionary<string, Command> byName = All().ToDictionary(command => command.Name);

    /// <summary>Null when there was no such command.</summary>
    public static Command? Find(IReadOnlyList<string> words) =>
        byName.GetValueOrDefault(words[0]) is { } dashed ? dashed
        : words.Count > 1 ? byName.GetValueOrDefault($"{words[0]} {words[1]}")
        : null;

    private static IEnumerable<Command> All() =>
        [
            .. OfRepos(),
            .. OfCommits(),
            .. OfBranches(),
            .. OfFiles(),
            .. OldPipelineForms.All(),
            Dashed(Clusters.DeleteAll.Command, "", 0, 0),
            FlushCommit.Dashed,
            FlushCommit.Command,
            FlushJob.Dashed,
            FlushJob.Command,
            .. Explained.All,
        ];

    private static IEnumerable<Command> OfRepos() =>
        [
            Dashed(CreateRepo.Command, "<repo>", 1, 1),
            Dashed(CreateRepo.Update, "<repo>", 1, 1),
            Dashed(InspectRepo.Command, "<repo>", 1, 1),
            Dashed(ListRepo.Command, "", 0, 0),
            Dashed(DeleteRepo.Command, "[<repo>]", 0, 1),
            Dashed(InspectProject.Command, "<project>", 1, 1),
        ];

    private static IEnumerable<Command> OfCommits() =>
        [
            Dashed(StartCommit.Command, "<repo> [<branch>]", 1, 2, OldNames.Commit),
            Dashed(FinishCommit.Command, "<repo> <commit>", 1, 2, OldNames.Commit),
            Dashed(InspectCommit.Command, "<repo> <commit>", 1, 2, OldNames.Commit),
            Dashed(ListCommit.Command, "<repo> [<branch>]", 1, 2, arguments => OldNames.Joined(arguments)),
            Dashed(RemoveCommit.Delete, "<repo> <commit>", 1, 2, OldNames.Commit),
            Dashed(SubscribeCommit.Command, "<repo> <branch>", 1, 2, arguments => OldNames.Joined(arguments)),
        ];

    private static IEnumerable<Command> OfBranches() =>
        [
            new OldForm("create-branch", "<repo> <branch>", CreateBranch.Command)
            {
                LeastArguments = 1,
                MostArguments = 2,
                ArgumentsAsync = OldNames.Of(OldNames.Commit),
            }.ToCommand(),
            new OldForm("set-branch", "<repo> <commit> <branch>", CreateBranch.Command)
            {
                LeastArguments = 3,
                MostArguments = 3,
                ArgumentsAsync = OldNames.Of(arguments => $"{arguments[0]}@{arguments[2]}"),
                Adds = call => [("head", call.Arguments[1])],
            }.ToCommand(),
            Dashed(InspectBranch.Command, "<repo> <branch>", 1, 2, OldNames.Commit),
            Dashed(ListBranch.Command, "<repo>", 1, 1),
            Dashed(DeleteBranch.Command, "<repo> <branch>", 1, 2, arguments => OldNames.Joined(arguments)),
        ];

    private static IEnumerable<Command> OfFiles() =>
        [
            OldPut.Command,
            Dashed(GetFile.Command, "<repo> <commit> <path>", 1, 3, OldNames.Commit),
            Dashed(InspectFile.Command, "<repo> <commit> <path>", 1, 3, OldNames.Commit),
            Dashed(ListFile.Command, "<repo> <commit> [<path>]", 1, 3, OldNames.Commit),
            Dashed(GlobFile.Command, "<repo> <commit> <pattern>", 1, 3, OldNames.Commit),
            Dashed(DeleteFile.Command, "<repo> <commit> <path>", 1, 3, OldNames.Commit),
            new OldForm("diff-file", "<repo> <commit> <path> [<old-repo> <old-commit> <old-path>]", DiffFile.Command)
            {
                LeastArguments = 1,
                MostArguments = 6,
                ArgumentsAsync = (call, _) => Task.FromResult(InThrees(call.Arguments)),
            }.ToCommand(),
            new OldForm("copy-file", "<repo> <commit> <path> <to-repo> <to-commit> <to-path>", CopyFile.Command)
            {
                LeastArguments = 2,
                MostArguments = 6,
                Flags = [overwrite],
                ArgumentsAsync = (call, _) => Task.FromResult(InThrees(call.Arguments)),
                Adds = call => call.Has(overwrite) ? [] : [("append", "true")],
            }.ToCommand(),
        ];

    private static IReadOnlyList<string> InThrees(IReadOnlyList<string> arguments) =>
        arguments.Count is 3 or 6 ? [.. arguments.Chunk(3).Select(three => OldNames.Commit(three))] : arguments;

    private static Command Dashed(
        Command today,
        string usage,
        int least,
        int most,
        Func<IReadOnlyList<string>, string>? name = null
    ) => Dashed(today, usage, least, most, name is null ? null : OldNames.Of(name));

    /// <summary>The words of today with a dash between.</summary>
    internal static Command Dashed(
        Command today,
        string usage,
        int least,
        int most,
        Func<Invocation, CancellationToken, Task<IReadOnlyList<string>>>? argumentsAsync
    )
    {
        var form = new OldForm(today.Name.Replace(' ', '-'), usage, today)
        {
            LeastArguments = least,
            MostArguments = most,
        };
        return (argumentsAsync is null ? form : form with { ArgumentsAsync = argumentsAsync }).ToCommand();
    }
}
