using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class InspectPipeline
{
    public static Command Command { get; } =
        new Command("inspect pipeline", "<pipeline>", "Show a pipeline.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectPipelineRequest
        {
            Pipeline = Names.Pipeline(call.Project, call.Arguments[0]),
            Details = true,
        };
        var pipeline = await call.Pach.CallAsync(PpsMethods.InspectPipeline, request, ct);
        if (format is not null)
        {
            format.Print(pipeline);
        }
        else
        {
            Write(call, pipeline, pipeline.Details ?? new());
        }

        return 0;
    }

    private static void Write(Invocation call, PipelineInfo pipeline, PipelineInfo.Types.Details details)
    {
        var fields = new FieldList(call.Out);
        fields.Write("Name", pipeline.Pipeline.Name);
        fields.WriteGiven("Description", details.Description);
        fields.Write("Created", call.Style.Time(details.CreatedAt));
        fields.Write("State", States.Of(call.Style, pipeline.State).Painted);
        fields.Write("Reason", pipeline.Reason.Length > 0 ? pipeline.Reason : details.Reason);
        fields.Write("Workers Available", $"{details.WorkersAvailable}/{details.WorkersRequested}");
        fields.Write("Stopped", pipeline.Stopped ? "true" : "false");
        fields.WriteRecord("Parallelism Spec", details.ParallelismSpec);
        WorkFields.WriteResources(fields, "ResourceRequests", details.ResourceRequests);
        WorkFields.WriteResources(fields, "ResourceLimits", details.ResourceLimits);
        WorkFields.WriteTimeouts(fields, details.DatumTimeout, details.JobTimeout);
        fields.WriteRecord("Input", details.Input);
        fields.Write("Output Branch", details.OutputBranch);
        fields.WriteRecord("Transform", details.Transform);
        fields.WriteRecord("Service", details.Service);
        fields.WriteRecord("Spout", details.Spout);
        WorkFields.WriteEgress(fields, details.Egress);
        fields.WriteGiven("Recent Error", details.RecentError);
        fields.WriteText("User Spec", SpecPrinter.Text(pipeline.UserSpecJson, yaml: false));
        fields.WriteText("Effective Spec", SpecPrinter.Text(pipeline.EffectiveSpecJson, yaml: false));
    }
}
