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

    public static IEnumerable<Command> All() =>
        [
            OldCommands.Dashed(CreatePipeline.Command, "", 0, 0, null),
            OldCommands.Dashed(UpdatePipeline.Command, "", 0, 0, null),
            OldCommands.Dashed(ListPipeline.Command, "", 0, 1, null),
            OldCommands.Dashed(InspectPipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(DeletePipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(StartPipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(StopPipeline.Command, "<pipeline>", 1, 1, null),
            OldCommands.Dashed(ListJob.Command, "", 0, 1, null),
            OldCommands.Dashed(StopJob.Command, "<job>", 1, 1, null),
            OldCommands.Dashed(DeleteJob.Command, "<job>", 1, 1, null),
            OldCommands.Dashed(ListDatum.Command, "<job>", 1, 1, null),
            OldCommands.Dashed(InspectDatum.Command, "<job> <datum>", 2, 2, null),
            InspectDashed,
            new OldForm("get-logs", "", ShowLogs.Command).ToCommand(),
        ];

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
