using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;
using Braid.Testing;

namespace Braid.Cli.Tests.Drawing;

/// <summary>A graph is written <c>reader: read read; reader: ...</c>.</summary>
public sealed class DrawPipelineTests
{
    [Theory]
    [InlineData("one", "edges: images", "")]
    [InlineData("skip", "edges: images; montage: images edges", "")]
    [InlineData("diamond", "left: src; right: src; both: left right; other: right; all: both src other", "")]
    [InlineData("around", "left: src; right: src; both: left right; other: right; alone: far", " other")]
    [InlineData("crossing", "p: a b c; q: c d; r: a d", "")]
    [InlineData("sizes", "a-rather-long-name: images; short: a-rather-long-name", " --box-width 6 --edge-height 1")]
    [InlineData("wide", "a: s; b: s; c: s; d: s; e: a b; f: c d; g: e f; h: a g", " --edge-height 3")]
    public async Task The_picture_is_golden(string name, string graph, string words)
    {
        await using var pachd = await PachdFake.StartAsync();
        pachd.Answers(PpsMethods.ListPipeline, [.. graph.Split("; ").Select(Pipeline)]);
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync($"draw pipeline{words}".Split(' ')));
        Golden.Match($"tests/Braid.Cli.Tests/Golden/drawings/{name}.txt", cli.Out);
    }

    [Fact]
    public async Task A_pipeline_that_does_not_run_says_so_in_its_box()
    {
        await using var pachd = await PachdFake.StartAsync();
        var broken = Pipeline("edges: images");
        broken.State = PipelineState.PipelineFailure;
        pachd.Answers(PpsMethods.ListPipeline, broken);
        var cli = pachd.Cli;
        await cli.RunAsync("draw", "pipeline", "--edge-height", "1");
        Assert.Equal(
            """
            ╭───────────╮
            │  images   │
            ╰───────────╯
                  │
            ┌───────────┐
            │   edges   │
            │  failure  │
            └───────────┘

            """,
            cli.Out
        );
    }

    [Fact]
    public async Task A_pipeline_that_there_is_not_is_refused()
    {
        await using var pachd = await PachdFake.StartAsync();
        pachd.Answers(PpsMethods.ListPipeline, Pipeline("edges: images"));
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("draw", "pipeline", "other"));
        Assert.Equal("pipeline default/other not found\n", cli.Error);
    }

    /// <summary>Every edge of a random graph begins under its source and ends over its target.</summary>
    [Fact]
    public async Task Random_graphs_are_drawn_without_a_fault()
    {
        var random = new Random(7);
        for (var round = 0; round < 30; round++)
        {
            var pipelines = Enumerable
                .Range(1, 12)
                .Select(at => Pipeline($"n{at}: {string.Join(' ', Reads(random, at))}"))
                .ToArray();
            await using var pachd = await PachdFake.StartAsync();
            pachd.Answers(PpsMethods.ListPipeline, pipelines);
            var cli = pachd.Cli;
            Assert.Equal(0, await cli.RunAsync("draw", "pipeline"));
            Assert.All(pipelines, pipeline => Assert.Contains($" {pipeline.Pipeline.Name} ", cli.Out));
        }
    }

    private static IEnumerable<string> Reads(Random random, int at) =>
        Enumerable.Range(0, 1 + random.Next(3)).Select(_ => $"n{random.Next(at)}").Distinct();

    private static PipelineInfo Pipeline(string text)
    {
        var parts = text.Split(": ");
        var input = new Input();
        input.Union.AddRange(parts[1].Split(' ').Select(repo => new Input { Pfs = new() { Repo = repo } }));
        return new()
        {
            Pipeline = new()
            {
                Name = parts[0],
                Project = new() { Name = "default" },
            },
            State = PipelineState.PipelineRunning,
            Details = new() { Input = input },
        };
    }
}
