using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class ListPipeline
{
    private static readonly Flag spec = Flags.Switch("spec", 's', "Print what each was created from.");

    public static Command Command { get; } =
        new Command("list pipeline", "[<pipeline>]", "List the pipelines.")
        {
            Flags = [Flags.AllProjects, Flags.FullTimestamps, .. Flags.Format, Flags.Project, spec],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var table = new Table(
            call.Out,
            "PROJECT",
            "NAME",
            "VERSION",
            "INPUT",
            "CREATED",
            "STATE / LAST JOB",
            "ALERTS",
            "DESCRIPTION"
        );
        var hasFailures = false;
        await foreach (var pipeline in call.Pach.StreamAsync(PpsMethods.ListPipeline, RequestOf(call), ct))
        {
            hasFailures |= pipeline.State is PipelineState.PipelineFailure or PipelineState.PipelineCrashing;
            Show(call, format, table, pipeline);
        }

        if (format is null && !call.Has(spec))
        {
            table.Finish();
        }

        if (hasFailures)
        {
            call.Error.WriteLine(
                "One or more pipelines have encountered errors, use inspect pipeline to get more info."
            );
        }

        return 0;
    }

    private static void Show(Invocation call, RecordFormat? format, Table table, PipelineInfo pipeline)
    {
        if (call.Has(spec))
        {
            call.Out.WriteLine(pipeline.UserSpecJson);
        }
        else if (format is not null)
        {
            format.Print(pipeline);
        }
        else
        {
            var project = pipeline.Pipeline.Project?.Name ?? "";
            table.Add(
                project,
                pipeline.Pipeline.Name,
                pipeline.Version.ToString(),
                InputText.Of(pipeline.Details?.Input, project),
                call.Style.Time(pipeline.Details?.CreatedAt),
                States.Of(call.Style, pipeline.State) + " / " + States.Of(call.Style, pipeline.LastJobState),
                "",
                pipeline.Details?.Description ?? ""
            );
        }
    }

    private static ListPipelineRequest RequestOf(Invocation call)
    {
        var request = new ListPipelineRequest { Details = true };
        if (call.Argument(0) is { } name)
        {
            request.Pipeline = Names.Pipeline(call.Project, name);
        }

        if (!call.Has(Flags.AllProjects))
        {
            request.Projects.Add(new Protos.Pfs.Project { Name = call.Project });
        }

        return request;
    }
}
