using Braid.Cli.CommandLine;
using Braid.Cli.Datums;
using Braid.Cli.Jobs;
using Braid.Cli.Logs;
using Braid.Cli.Pipelines;

namespace Braid.Cli.OldForms;

/// <summary>Pipelines, jobs, datums and logs as 1.x wrote them; a job was named by its id alone.</summary>
internal static class OldPipelineForms
{
    private static readonly Flag block = Flags.Switch("block", 'b', "Wait until the job is finished.");

    private static readonly Flag input = Flags.Values("input", 'i', "Only jobs that read this commit, REPO/COMMIT.");

    public static IEnumerable<Command> All() =>
        [
            OldCommands.Dashed(CreatePipeline.Command, "", 0, 0, null),
            OldCommands.Dashed(UpdatePipeline.Command, "", 0, 0, null),
            OldCommands.Dashed(ListPipeline.Command, "", 0, 1, null),
            OldCommands.Dashed(InspectPipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(DeletePipeline.Command, "[<pipeline>]", 0, 1, null),
            OldCommands.Dashed(EditPipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(StartPipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(StopPipeline.Command, "<pipeline>", 1, 1, null),
            Run("run pipeline"),
            Run("run-pipeline"),
            ListDashed,
            OldCommands.Dashed(StopJob.Command, "<job>", 1, 1, null),
            OldCommands.Dashed(DeleteJob.Command, "<job>", 1, 1, null),
            OldCommands.Dashed(ListDatum.Command, "<job>", 1, 1, null),
            OldCommands.Dashed(InspectDatum.Command, "<job> <datum>", 2, 2, null),
            OldCommands.Dashed(RestartDatum.Command, "<job> <path>,<path>,...", 2, 2, null),
            InspectDashed,
            new OldForm("get-logs", "", ShowLogs.Command).ToCommand(),
        ];

    /// <summary>Commits that it was to read instead are said to be of no use: a pipeline reads its branches.</summary>
    private static Command Run(string name) =>
        new OldForm(name, "<pipeline> [<repo>@<commit> ...]", RerunPipeline.Command)
        {
            LeastArguments = 1,
            MostArguments = int.MaxValue,
            ArgumentsAsync = (call, _) =>
                call.Arguments is [var pipeline]
                    ? Task.FromResult<IReadOnlyList<string>>([pipeline])
                    : throw new Failure(
                        $"{name}: a pipeline reads the heads of its branches: move them with create branch --head, "
                            + "and a job of that commit set runs"
                    ),
        }.ToCommand();

    /// <summary>Input commits were written <c>repo/commit</c>.</summary>
    private static Command ListDashed =>
        new OldForm("list-job", "", ListJob.Command)
        {
            Flags = [input],
            Adds = call => call.All(input).Select(text => ("input", OldNames.Slashed(text))),
        }.ToCommand();

    private static Command InspectDashed =>
        OldCommands.Dashed(InspectJob.Command, "<job>", 1, 1, null) with
        {
            Flags = [block, .. InspectJob.Command.Flags],
            RunAsync = async (call, ct) =>
            {
                var today = call.Has(block) ? WaitJob.Command : InspectJob.Command;
                using var inspection = call.As(today, call.Arguments, []);
                return await today.RunAsync(inspection, ct);
            },
        };
}
