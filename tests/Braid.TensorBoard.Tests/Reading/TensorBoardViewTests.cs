using System.Text.Json;
using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Logs;
using Braid.TensorBoard.Reading;

namespace Braid.TensorBoard.Tests.Reading;

/// <summary>Runs, tags, steps and values are those that TensorBoard's own loader reports.</summary>
public sealed class TensorBoardViewTests
{
    public static TheoryData<string> Directories => Fixtures.LogDirectories;

    [Theory]
    [MemberData(nameof(Directories))]
    public async Task Runs_tags_and_steps_are_those_of_TensorBoard(string directory)
    {
        var view = View(directory);
        var runs = await ReadAsync(directory);
        Assert.Equal(view.Select(run => run.Name), runs.Keys);
        foreach (var run in view)
        {
            var expected = run.Value.EnumerateObject().Select(tag => (tag.Name, Plugin(tag), Steps(tag)));
            var read = runs[run.Name]
                .Tags.Select(tag => (tag.Key, tag.Value.Plugin, string.Join(',', tag.Value.Steps)));
            Assert.Equal(expected.Order(), read.Order());
        }
    }

    [Theory]
    [MemberData(nameof(Directories))]
    public async Task Numbers_are_those_of_TensorBoard(string directory)
    {
        var runs = await ReadAsync(directory);
        foreach (var run in View(directory))
        {
            foreach (var tag in run.Value.EnumerateObject().Where(tag => tag.Value.TryGetProperty("values", out _)))
            {
                var expected = tag.Value.GetProperty("values").EnumerateArray().Select(Fixtures.Number);
                Assert.Equal(expected, runs[run.Name].Tags[tag.Name].Values);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Directories))]
    public async Task Buckets_are_those_of_TensorBoard(string directory)
    {
        var runs = await ReadAsync(directory);
        foreach (var run in View(directory))
        {
            foreach (var tag in run.Value.EnumerateObject().Where(tag => tag.Value.TryGetProperty("shapes", out _)))
            {
                var read = runs[run.Name].Tags[tag.Name].Histograms;
                Assert.Equal(
                    tag.Value.GetProperty("shapes").EnumerateArray().Select(shape => shape[0].GetInt32()),
                    read.Select(histogram => histogram.Buckets.Count)
                );
                foreach (var (expected, bucket) in tag.Value.GetProperty("first").EnumerateArray().Zip(read[0].Buckets))
                {
                    // TensorBoard keeps what it migrates in single precision.
                    Assert.Equal((float)expected[0].GetDouble(), (float)bucket.Left);
                    Assert.Equal((float)expected[1].GetDouble(), (float)bucket.Right);
                    Assert.Equal((float)expected[2].GetDouble(), (float)bucket.Count);
                }
            }
        }
    }

    private static JsonProperty[] View(string directory) =>
        [
            .. Fixtures
                .Manifest.GetProperty("runs")
                .GetProperty(directory)
                .GetProperty("tensorboard_view")
                .EnumerateObject()
                .OrderBy(run => run.Name, StringComparer.Ordinal),
        ];

    private static string Plugin(JsonProperty tag) => tag.Value.GetProperty("plugin").GetString()!;

    private static string Steps(JsonProperty tag) =>
        string.Join(',', tag.Value.GetProperty("steps").EnumerateArray().Select(step => step.GetInt64()));

    private static async Task<SortedDictionary<string, ReadRun>> ReadAsync(string directory)
    {
        var runs = new SortedDictionary<string, ReadRun>(StringComparer.Ordinal);
        var root = Path.Combine(Fixtures.Root, directory);
        foreach (var file in LogDirectory.Find(root))
        {
            if (!runs.TryGetValue(file.Run, out var run))
            {
                runs[file.Run] = run = new();
            }

            var (batch, _) = await Fixtures.ReadAsync(File.ReadAllBytes(Path.Combine(root, file.Path)), run.Table);
            run.Take(batch);
        }

        return runs;
    }

    private sealed class ReadRun
    {
        public TagTable Table { get; } = new();
        public Dictionary<string, ReadTag> Tags { get; } = new(StringComparer.Ordinal);

        public void Take(EventBatch batch)
        {
            for (var row = 0; row < batch.Scalars.Count; row++)
            {
                var tag = Of(Table[batch.Scalars.Tags[row]], TagMetadata.Scalars, batch.Scalars.Steps[row]);
                tag.Values.Add(batch.Scalars.Values[row]);
            }

            foreach (var other in batch.Others)
            {
                Take(other);
            }
        }

        private void Take(LoggedEvent other)
        {
            switch (other)
            {
                case LoggedGraph { Kind: GraphKind.Graph }:
                    Of("__run_graph__", "graphs", other.Step);
                    break;
                case LoggedGraph { Kind: GraphKind.RunMetadata } graph:
                    Of(graph.Tag, "graph_tagged_run_metadata", other.Step);
                    break;
                case LoggedHistogram histogram:
                    Of(histogram.Tag, TagMetadata.Histograms, other.Step).Histograms.Add(histogram);
                    break;
                case TaggedEvent tagged:
                    Of(tagged.Tag, PluginOf(tagged), other.Step);
                    break;
            }
        }

        private static string PluginOf(TaggedEvent value) =>
            value switch
            {
                LoggedImages => TagMetadata.Images,
                LoggedAudio => TagMetadata.Audio,
                LoggedText => TagMetadata.Text,
                LoggedPrCurve => TagMetadata.PrCurves,
                LoggedLayout => TagMetadata.CustomScalars,
                LoggedTensor tensor => tensor.Plugin,
                _ => TagMetadata.Hparams,
            };

        private ReadTag Of(string tag, string plugin, long step)
        {
            if (!Tags.TryGetValue(tag, out var read))
            {
                Tags[tag] = read = new(plugin);
            }

            Assert.Equal(read.Plugin, plugin);
            read.Steps.Add(step);
            return read;
        }
    }

    private sealed record ReadTag(string Plugin)
    {
        public List<long> Steps { get; } = [];
        public List<double> Values { get; } = [];
        public List<LoggedHistogram> Histograms { get; } = [];
    }
}
