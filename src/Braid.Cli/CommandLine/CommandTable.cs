using Braid.Cli.Branches;
using Braid.Cli.Commits;
using Braid.Cli.Datums;
using Braid.Cli.Demo;
using Braid.Cli.Files;
using Braid.Cli.Jobs;
using Braid.Cli.Logs;
using Braid.Cli.Pipelines;
using Braid.Cli.Projects;
using Braid.Cli.Repos;
using Braid.Cli.Runs;
using Braid.Cli.Servers;

namespace Braid.Cli.CommandLine;

/// <summary>Every command, in the order of the help text.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Command> All { get; } =
    [
        Serve.Command,
        Env.Command,
        RunDemo.Command,
        ShowRun.Command,
        VersionCommand.Command,
        CreateProject.Command,
        ListProject.Command,
        InspectProject.Command,
        DeleteProject.Command,
        CreateRepo.Command,
        ListRepo.Command,
        InspectRepo.Command,
        DeleteRepo.Command,
        StartCommit.Command,
        FinishCommit.Command,
        InspectCommit.Command,
        ListCommit.Command,
        WaitCommit.Command,
        SubscribeCommit.Command,
        CreateBranch.Command,
        InspectBranch.Command,
        ListBranch.Command,
        DeleteBranch.Command,
        PutFile.Command,
        CopyFile.Command,
        GetFile.Command,
        InspectFile.Command,
        ListFile.Command,
        GlobFile.Command,
        DiffFile.Command,
        DeleteFile.Command,
        CreatePipeline.Command,
        UpdatePipeline.Command,
        ListPipeline.Command,
        InspectPipeline.Command,
        DeletePipeline.Command,
        StartPipeline.Command,
        StopPipeline.Command,
        InspectJob.Command,
        ListJob.Command,
        WaitJob.Command,
        StopJob.Command,
        DeleteJob.Command,
        ListDatum.Command,
        InspectDatum.Command,
        ShowLogs.Command,
    ];

    /// <summary>The command that the words begin with, and how many of them name it. Nouns may be plural: <c>list repos</c>.</summary>
    public static (Command? Command, int Words) Find(IReadOnlyList<string> words)
    {
        if (words.Count > 1 && Find($"{words[0]} {Singular(words[1])}") is { } two)
        {
            return (two, 2);
        }

        return words.Count > 0 && Find(words[0]) is { } one ? (one, 1) : (null, 0);
    }

    private static Command? Find(string name) => All.FirstOrDefault(command => command.Name == name);

    private static string Singular(string noun) =>
        noun == "branches" ? "branch"
        : noun.EndsWith('s') && noun != "status" ? noun[..^1]
        : noun;
}
