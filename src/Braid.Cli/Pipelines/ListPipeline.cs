using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>The pipelines as a table, or, with --spec, as a file that makes them again.</summary>
internal static class ListPipeline
{
    private static readonly Flag commit = Flags.Value("commit", 'c', "The pipelines as they were at this commit set.");
    private static readonly Flag spec = Flags.Switch(
        "spec",
        's',
        "Print what each was created from: create pipeline -f makes them again."
    );
    private static readonly Flag state = Flags.Values("state", null, "Only those in this state; may be repeated.");

    public static Command Command { get; } =
        new Command("list pipeline", "[<pipeline>]", "List the pipelines.")
        {
            Flags =
            [
                Flags.AllProjects,
                commit,
                Flags.FullTimestamps,
                History.Flag,
                .. Flags.Format,
                Flags.Project,
                spec,
                state,
            ],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var states = StateNames.Pipelines(call.All(state));
        var pipelines = call
            .Pach.StreamAsync(PpsMethods.ListPipeline, RequestOf(call), ct)
            .Where(pipeline => states.Count == 0 || states.Contains(pipeline.State));
        return call.Has(spec) ? PrintAsync(call, pipelines) : ShowAsync(call, pipelines);
    }

    private static async Task<int> PrintAsync(Invocation call, IAsyncEnumerable<PipelineInfo> pipelines)
    {
        var printer = new SpecPrinter(call);
        await foreach (var pipeline in pipelines)
        {
            printer.Print(pipeline.UserSpecJson);
        }

        return 0;
    }

    private static async Task<int> ShowAsync(Invocation call, IAsyncEnumerable<PipelineInfo> pipelines)
    {
        var table = new PipelineTable(call);
        var hasFailures = false;
        await foreach (var pipeline in pipelines)
        {
            hasFailures |= pipeline.State is PipelineState.PipelineFailure or PipelineState.PipelineCrashing;
            table.Add(pipeline);
        }

        table.Finish();
        if (hasFailures)
        {
            call.Error.WriteLine(
                "One or more pipelines have encountered errors, use inspect pipeline to get more info."
            );
        }

        return 0;
    }

    private static ListPipelineRequest RequestOf(Invocation call)
    {
        var request = new ListPipelineRequest { Details = true, History = History.Of(call) };
        if (call.Argument(0) is { } name)
        {
            request.Pipeline = Names.Pipeline(call.Project, name);
        }

        if (call.Text(commit) is { } set)
        {
            request.CommitSet = new() { Id = set };
        }

        if (!call.Has(Flags.AllProjects))
        {
            request.Projects.Add(new Protos.Pfs.Project { Name = call.Project });
        }

        return request;
    }
}
