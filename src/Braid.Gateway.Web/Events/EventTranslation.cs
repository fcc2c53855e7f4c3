using Braid.Primitives;
using Braid.TensorBoard;
using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Events;

/// <summary>
/// What events become in a run: scalars points; histograms and curves of precision and recall plots; images and sounds debug
/// samples with files; texts and messages lines of the log; hyperparameters parameters.
/// </summary>
internal sealed class EventTranslation(TagTable tags, string directory, RunId run, string fileServer)
{
    private readonly List<PlotEvent> plots = [];
    private readonly List<EventMedia> media = [];
    private readonly List<LogLine> lines = [];
    private readonly List<RunParameter> parameters = [];
    private long leftOut;

    /// <param name="batch">What was read.</param>
    /// <param name="advance">Of which file, from where to where.</param>
    public EventFileAdvance Translate(EventBatch batch, EventFileAdvance advance)
    {
        foreach (var other in batch.Others)
        {
            Add(other);
        }

        var counts = new EventCounts
        {
            Points = batch.Scalars.Count,
            Plots = plots.Count - media.Count,
            Samples = media.Count,
            Lines = lines.Count,
            Parameters = parameters.Count,
            LeftOut = leftOut,
        };
        return advance with
        {
            Times = batch.Times is var (first, last)
                ? (WallTime.ToMilliseconds(first), WallTime.ToMilliseconds(last))
                : null,
            Points = SeriesGroups.Of(batch.Scalars, tags, directory),
            Plots = plots,
            Media = media,
            Lines = lines,
            Parameters = parameters,
            Counts = advance.Counts + counts,
        };
    }

    private void Add(LoggedEvent other)
    {
        switch (other)
        {
            case LoggedHistogram histogram:
                AddPlot(histogram, PlotJson.Histogram(NameOf(histogram), histogram.Buckets));
                break;
            case LoggedPrCurve curve:
                AddPlot(curve, PlotJson.PrCurve(NameOf(curve), curve.Points));
                break;
            case LoggedImages images:
                AddMedia(images, [.. images.Images.Select(bytes => (bytes, MediaType.ExtensionOf(bytes.Span)))]);
                break;
            case LoggedAudio audio:
                AddMedia(
                    audio,
                    [.. audio.Clips.Select(clip => (clip.Encoded, MediaType.ExtensionOf(clip.Encoded.Span)))]
                );
                break;
            case LoggedText text:
                lines.Add(Line(text, "INFO", TextLines.Of(KeyOf(text), text)));
                break;
            case LoggedMessage message:
                lines.Add(Line(message, TextLines.LevelOf(message.Level), message.Message));
                break;
            case LoggedHparams hparams:
                parameters.AddRange(hparams.Values.Select(Parameter));
                break;
            case LoggedGraph or LoggedTensor or LoggedLayout:
                leftOut++;
                break;
            default:
                // Versions, sessions and the frames of hyperparameters are about the file.
                break;
        }
    }

    private void AddPlot(TaggedEvent value, string content) =>
        plots.Add(Plot(PlotKind.Plot, value, NameOf(value), content));

    private void AddMedia(TaggedEvent value, IReadOnlyList<(ReadOnlyMemory<byte> Bytes, string Extension)> files)
    {
        var name = NameOf(value);
        var folder = $"tensorboard/{run}/{Names.FolderOf(KeyOf(value))}";
        foreach (var (index, (bytes, extension)) in files.Index())
        {
            var suffix = index == 0 ? "" : $"_{Names.Number(index)}";
            var path = $"{folder}/{Names.Number(value.Step)}{suffix}{extension}";
            var variant = name with { Variant = name.Variant + suffix };
            media.Add(new(path, bytes));
            plots.Add(Plot(PlotKind.DebugSample, value, variant, PlotJson.Sample($"{fileServer}/{path}", path)));
        }
    }

    private static PlotEvent Plot(PlotKind kind, TaggedEvent value, SeriesName name, string content) =>
        new(kind, name.Metric, name.Variant, value.Step, WallTime.ToMilliseconds(value.WallTime), content);

    private static LogLine Line(LoggedEvent value, string level, string text) =>
        new()
        {
            TimestampMs = WallTime.ToMilliseconds(value.WallTime),
            Level = level,
            Worker = "tensorboard",
            Text = Names.Storable(text),
        };

    /// <summary>The section in which MLflow's clients see parameters, too.</summary>
    private RunParameter Parameter((string Name, HparamValue Value) hparam)
    {
        var (value, type) = TextLines.ValueOf(hparam.Value);
        return new("General", Names.KeyOf(directory, hparam.Name), Names.Storable(value), type);
    }

    private string KeyOf(TaggedEvent value) => Names.KeyOf(directory, value.Tag);

    private SeriesName NameOf(TaggedEvent value) => SeriesName.FromKey(KeyOf(value));
}
