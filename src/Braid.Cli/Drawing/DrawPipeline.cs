using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;

namespace Braid.Cli.Drawing;

/// <summary>Draws which pipelines read what, from top to bottom.</summary>
internal static class DrawPipeline
{
    private const int DefaultWidth = 11;
    private const int DefaultHeight = 5;

    private static readonly Flag commit = Flags.Value("commit", 'c', "The pipelines as they were at this commit set.");
    private static readonly Flag boxWidth = Flags.Value("box-width", null, "How wide a box is inside (default 11).");
    private static readonly Flag edgeHeight = Flags.Value(
        "edge-height",
        null,
        "How many lines there are between two layers (default 5)."
    );

    public static Command Command { get; } =
        new Command("draw pipeline", "[<pipeline>]", "Draw the pipelines, or what a pipeline reads and who reads it.")
        {
            Flags = [Flags.AllProjects, boxWidth, commit, edgeHeight, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var pipelines = await call.Pach.StreamAsync(PpsMethods.ListPipeline, RequestOf(call), ct).ToListAsync(ct);
        var dag = Dag.Of(pipelines, call.Project);
        if (call.Argument(0) is { } name)
        {
            dag = dag.Nodes.Any(node => node.Name == name)
                ? dag.Around(name)
                : throw new Failure($"pipeline {call.Project}/{name} not found");
        }

        var picture = new DagPicture(
            call.Style,
            Size(call, boxWidth, DefaultWidth),
            Size(call, edgeHeight, DefaultHeight)
        );
        picture.Print(dag, call.Out);
        return 0;
    }

    private static int Size(Invocation call, Flag flag, int otherwise) =>
        call.Number(flag, otherwise) is > 0 and < 1000 and var size
            ? (int)size
            : throw new Failure($"--{flag.Name} must be from 1 to 999");

    private static ListPipelineRequest RequestOf(Invocation call)
    {
        var request = new ListPipelineRequest { Details = true };
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
