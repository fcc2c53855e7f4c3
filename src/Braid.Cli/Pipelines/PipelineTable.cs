using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>Pipelines as lines of a table, or as they came.</summary>
internal sealed class PipelineTable(Invocation call)
{
    private readonly RecordFormat? format = RecordFormat.Of(call);
    private readonly Table table = new(
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

    public void Add(PipelineInfo pipeline)
    {
        if (format is not null)
        {
            format.Print(pipeline);
            return;
        }

        var project = pipeline.Pipeline.Project?.Name ?? "";
        var details = pipeline.Details ?? new();
        table.Add(
            project,
            pipeline.Pipeline.Name,
            pipeline.Version.ToString(),
            InputText.Of(details.Input, project),
            call.Style.Time(details.CreatedAt),
            States.Of(call.Style, pipeline.State) + " / " + States.Of(call.Style, pipeline.LastJobState),
            "",
            details.Description
        );
    }

    public void Finish()
    {
        if (format is null)
        {
            table.Finish();
        }
    }
}
