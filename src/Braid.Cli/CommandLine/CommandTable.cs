using Braid.Cli.Audits;
using Braid.Cli.Auth;
using Braid.Cli.Branches;
using Braid.Cli.Clusters;
using Braid.Cli.Commits;
using Braid.Cli.Completion;
using Braid.Cli.Contexts.Verbs;
using Braid.Cli.Datums;
using Braid.Cli.Defaults;
using Braid.Cli.Demo;
using Braid.Cli.Development;
using Braid.Cli.Diffs;
using Braid.Cli.Downloads;
using Braid.Cli.Drawing;
using Braid.Cli.EventFiles;
using Braid.Cli.Exports;
using Braid.Cli.Files;
using Braid.Cli.Imports;
using Braid.Cli.Integrity;
using Braid.Cli.Jobs;
using Braid.Cli.Logs;
using Braid.Cli.MLflowImports;
using Braid.Cli.MLProjects;
using Braid.Cli.ModelServing;
using Braid.Cli.Mounting;
using Braid.Cli.OfflineSessions;
using Braid.Cli.Overlaps;
using Braid.Cli.Pipelines;
using Braid.Cli.Plans;
using Braid.Cli.Projects;
using Braid.Cli.Repos;
using Braid.Cli.Runs;
using Braid.Cli.Secrets;
using Braid.Cli.Servers;
using Braid.Cli.Servers.AsMLflow;
using Braid.Cli.Space;
using Braid.Cli.Spools;
using Braid.Cli.TrackedRuns;
using Braid.Cli.Transactions;
using Braid.Cli.Uploads;
using Braid.Cli.Workloads;

namespace Braid.Cli.CommandLine;

/// <summary>Every command, in the order of the help text.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Command> All { get; } =
    [
        Serve.Command,
        Serve.AgentCommand,
        ServerCommand.Command,
        Env.Command,
        RunDemo.Command,
        Dev.Command,
        Plan.Command,
        RunProgram.Command,
        RunMLProject.Command,
        ServeModel.Command,
        ListSpools.Command,
        SendSpools.Command,
        DiscardSpools.Command,
        ShowRun.Command,
        VersionCommand.Command,
        CollectGarbage.Command,
        ListAudit.Command,
        CompletionCommand.Command,
        Complete.Command,
        InspectCluster.Command,
        RestartCluster.Command,
        EditMetadata.Command,
        DeleteAll.Command,
        AuthCommands.WhoAmI,
        AuthCommands.UseToken,
        AuthCommands.LogIn,
        AuthCommands.LogOut,
        Connect.Command,
        GetConfig.ActiveContext,
        SetConfig.ActiveContext,
        GetConfig.List,
        GetConfig.Context,
        SetConfig.Context,
        UpdateContext.Command,
        SetConfig.DeleteContext,
        GetConfig.ActiveEnterpriseContext,
        SetConfig.ActiveEnterpriseContext,
        GetConfig.Metrics,
        SetConfig.Metrics,
        ImportKube.Command,
        CreateProject.Command,
        CreateProject.Update,
        ListProject.Command,
        InspectProject.Command,
        DeleteProject.Command,
        CreateRepo.Command,
        CreateRepo.Update,
        ListOverlap.Command,
        ListRepo.Command,
        InspectRepo.Command,
        DeleteRepo.Command,
        StartCommit.Command,
        FinishCommit.Command,
        InspectCommit.Command,
        ListCommit.Command,
        WaitCommit.Command,
        SubscribeCommit.Command,
        FindCommit.Command,
        RemoveCommit.Squash,
        RemoveCommit.SquashOne,
        RemoveCommit.Delete,
        RemoveCommit.DeleteOne,
        CreateBranch.Command,
        InspectBranch.Command,
        ListBranch.Command,
        DeleteBranch.Command,
        StartTransaction.Command,
        FinishTransaction.Command,
        StopTransaction.Command,
        ResumeTransaction.Command,
        InspectTransaction.Command,
        ListTransaction.Command,
        DeleteTransaction.Command,
        PutFile.Command,
        CopyFile.Command,
        GetFile.Command,
        InspectFile.Command,
        ListFile.Command,
        GlobFile.Command,
        DiffFile.Command,
        DeleteFile.Command,
        ImportGit.Command,
        ImportOffline.Command,
        ImportEventFiles.Command,
        ImportMLflow.Command,
        ExportRepo.Command,
        CreatePipeline.Command,
        UpdatePipeline.Command,
        ListPipeline.Command,
        InspectPipeline.Command,
        DrawPipeline.Command,
        EditPipeline.Command,
        ValidatePipeline.Command,
        DeletePipeline.Command,
        StartPipeline.Command,
        StopPipeline.Command,
        RunCron.Command,
        RerunPipeline.Command,
        CheckStatus.Command,
        InspectJob.Command,
        ListJob.Command,
        WaitJob.Command,
        StopJob.Command,
        DeleteJob.Command,
        ListDatum.Command,
        InspectDatum.Command,
        RestartDatum.Command,
        NextDatum.Command,
        ShowLogs.Command,
        CreateSecret.Command,
        ListSecret.Command,
        InspectSecret.Command,
        DeleteSecret.Command,
        DefaultsCommands.Inspect,
        DefaultsCommands.Create,
        DefaultsCommands.Update,
        DefaultsCommands.Delete,
        MountCommand.Command,
        UnmountCommand.Command,
        Fsck.Command,
        ScrubStore.Command,
        .. WorkloadCommands.All,
    ];

    private const int LongestName = 3;

    private static readonly Dictionary<string, Command> byName = All.ToDictionary(command => command.Name);

    /// <summary>The command that the words begin with, and how many of them name it. Nouns may be plural: <c>list repos</c>.</summary>
    public static (Command? Command, int Words) Find(IReadOnlyList<string> words)
    {
        for (var count = Math.Min(LongestName, words.Count); count > 0; count--)
        {
            var name = string.Join(' ', words.Take(count));
            if ((byName.GetValueOrDefault(name) ?? byName.GetValueOrDefault(OtherNumber(name))) is { } command)
            {
                return (command, count);
            }
        }

        return (null, 0);
    }

    /// <summary>A plural noun in the singular; defaults are always several.</summary>
    private static string OtherNumber(string name) =>
        name.EndsWith(" default", StringComparison.Ordinal) ? name + "s"
        : name.EndsWith(" branches", StringComparison.Ordinal) ? name[..^2]
        : name.EndsWith('s') && name.Contains(' ', StringComparison.Ordinal) ? name[..^1]
        : name;
}
