using System.Collections.ObjectModel;
using System.Numerics;
using System.Text;
using Braid.Client.Configuration;
using Braid.Client.Formats;
using Braid.Client.Records;

namespace Braid.Client;

/// <summary>What can be logged.</summary>
public sealed partial class Experiment
{
    private const string general = "General";

    /// <summary>Logs a parameter. MLflow's servers refuse to change a value that was logged.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Any value; it becomes text here.</param>
    /// <param name="section">A group of parameters.</param>
    public void LogParam(string name, object? value, string section = general)
    {
        ArgumentNullException.ThrowIfNull(section);
        Add(RecordKind.Parameter, name, new ParameterValue(section, ValueText.Of(value), ValueText.TypeOf(value)));
    }

    /// <summary>Logs parameters.</summary>
    public void LogParams(IEnumerable<KeyValuePair<string, object?>> parameters, string section = general)
    {
        foreach (var (name, value) in parameters)
        {
            LogParam(name, value, section);
        }
    }

    /// <summary>Logs what a search over settings chose: parameters of the section <c>Hyperparameters</c>.</summary>
    public void LogHyperparameters(IEnumerable<KeyValuePair<string, object?>> parameters) =>
        LogParams(parameters, "Hyperparameters");

    /// <summary>Logs a point of a series. Allocates nothing.</summary>
    /// <param name="name">The series, <c>loss</c> or <c>loss/validation</c>: those of one first word share a chart.</param>
    /// <param name="value">Any double, NaN and infinities included.</param>
    /// <param name="step">The point's step, 0 included; <see cref="Iteration"/> when not given.</param>
    public void LogMetric(string name, double value, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (delivery is null)
        {
            Interlocked.Increment(ref unheard);
            return;
        }

        delivery.Add(new(RecordKind.Metric, name, value, step ?? Iteration, Now()));
    }

    /// <summary>Logs a point whose value is another kind of number: a half, a decimal, a big integer. Allocates nothing.</summary>
    public void LogMetric<T>(string name, T value, long? step = null)
        where T : struct, INumberBase<T> => LogMetric(name, double.CreateSaturating(value), step);

    /// <summary>Logs points of several series at one step.</summary>
    public void LogMetrics(IEnumerable<KeyValuePair<string, double>> values, long? step = null)
    {
        foreach (var (name, value) in values)
        {
            LogMetric(name, value, step);
        }
    }

    /// <summary>Counts values into bins of one width and logs the histogram. The values may change afterwards.</summary>
    public void LogHistogram<T>(string name, ReadOnlySpan<T> values, long? step = null, int bins = 64)
        where T : struct, INumberBase<T> =>
        Add(RecordKind.Histogram, name, step, new Media("json", Histogram.Count(values, bins)));

    /// <summary>Logs a histogram that is counted already: one edge more than counts.</summary>
    public void LogHistogram(string name, ReadOnlySpan<double> edges, ReadOnlySpan<double> counts, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            Add(RecordKind.Histogram, name, step, new Media("json", Histogram.Json(edges, counts)));
        }
        catch (ArgumentException wrong)
        {
            Refuse(name, wrong);
        }
    }

    /// <summary>Logs an encoded image: PNG, JPEG, GIF, WebP or SVG. The bytes are copied.</summary>
    public void LogImage(string name, ReadOnlySpan<byte> image, long? step = null) =>
        AddImage(RecordKind.Image, name, image, step);

    /// <summary>Logs raw pixels, row by row, a byte per channel: gray, gray and alpha, RGB, RGBA. They are encoded here, as PNG.</summary>
    public void LogImage(string name, ReadOnlySpan<byte> pixels, int width, int height, int channels, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            Add(RecordKind.Image, name, step, new Media("png", Png.Encode(pixels, width, height, channels)));
        }
        catch (ArgumentException wrong)
        {
            Refuse(name, wrong);
        }
    }

    /// <summary>Logs a figure as Plotly's JSON: <c>{"data": [...], "layout": {...}}</c>.</summary>
    public void LogFigure(string name, string plotly, long? step = null) =>
        Add(RecordKind.Figure, name, step, new Media("json", Encoding.UTF8.GetBytes(plotly)));

    /// <summary>Logs a figure that was drawn already, as an image's bytes.</summary>
    public void LogFigure(string name, ReadOnlySpan<byte> image, long? step = null) =>
        AddImage(RecordKind.Figure, name, image, step);

    /// <summary>Logs a text: Markdown, a sample of what a model wrote.</summary>
    public void LogText(string name, string text, long? step = null) =>
        Add(RecordKind.Text, name, step, new Media("md", Encoding.UTF8.GetBytes(text)));

    /// <summary>Logs a table.</summary>
    public void LogTable(
        string name,
        IEnumerable<string> columns,
        IEnumerable<IEnumerable<object?>> rows,
        long? step = null
    ) => Add(RecordKind.Table, name, step, new Media("json", TableJson.Of(columns, rows)));

    /// <summary>Logs a sound that is a WAV file's bytes. They are copied.</summary>
    public void LogAudio(string name, ReadOnlySpan<byte> wav, long? step = null) =>
        Add(RecordKind.Audio, name, step, new Media("wav", wav.ToArray()));

    /// <summary>Logs samples between -1 and 1, the channels' one after the other in each frame.</summary>
    public void LogAudio(string name, ReadOnlySpan<float> samples, int sampleRate, int channels = 1, long? step = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            Add(RecordKind.Audio, name, step, new Media("wav", Wav.Encode(samples, sampleRate, channels)));
        }
        catch (ArgumentException wrong)
        {
            Refuse(name, wrong);
        }
    }

    /// <summary>Sets a tag; the last value stays.</summary>
    public void LogTag(string name, string value) => AddText(RecordKind.Tag, name, value);

    /// <summary>Adds words to find the run by.</summary>
    public void AddTags(params ReadOnlySpan<string> labels)
    {
        foreach (var label in labels)
        {
            Add(RecordKind.Label, label, payload: null);
        }
    }

    /// <summary>Sets the run's description.</summary>
    public void LogNote(string note) => AddText(RecordKind.Note, "", note);

    /// <summary>Logs a line of the console.</summary>
    public void LogLine(string line) => AddText(RecordKind.Console, "", line);

    /// <summary>Uploads a file, or a folder with all below it. It must stay as it is until <see cref="FlushAsync"/> or the end.</summary>
    /// <param name="path">What to upload.</param>
    /// <param name="folder">Where to, below the run's artifacts.</param>
    /// <param name="kind">What it is.</param>
    public void LogArtifact(string path, string? folder = null, ArtifactKind kind = ArtifactKind.Custom) =>
        Add(
            RecordKind.Artifact,
            Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
            new ArtifactFile(kind, Path.GetFullPath(path), folder ?? "")
        );

    /// <summary>Uploads bytes as a file of this name. They are copied.</summary>
    public void LogArtifact(
        string name,
        ReadOnlySpan<byte> content,
        string? folder = null,
        ArtifactKind kind = ArtifactKind.Custom
    ) => Add(RecordKind.Artifact, name, new ArtifactFile(kind, name, folder ?? "", content.ToArray()), content.Length);

    /// <summary>Uploads a model and registers it as the next version of the model named <paramref name="name"/>.</summary>
    /// <param name="name">The registered model; made when it does not exist.</param>
    /// <param name="path">Its file, or the folder that holds its files; must stay as it is until the flush.</param>
    /// <param name="description">What is special about this version.</param>
    /// <param name="tags">Tags of this version.</param>
    /// <param name="kind">Model, checkpoint or weights.</param>
    /// <param name="framework">What made it.</param>
    public void LogModel(
        string name,
        string path,
        string? description = null,
        IReadOnlyDictionary<string, string>? tags = null,
        ArtifactKind kind = ArtifactKind.Model,
        string? framework = null
    ) =>
        Add(
            RecordKind.Model,
            name,
            new ModelFile(Path.GetFullPath(path), kind, framework ?? "", description ?? "", Copied(tags))
        );

    private static Dictionary<string, string> Copied(IReadOnlyDictionary<string, string>? tags)
    {
        var copy = new Dictionary<string, string>();
        foreach (var (name, value) in tags ?? ReadOnlyDictionary<string, string>.Empty)
        {
            ArgumentNullException.ThrowIfNull(value, name);
            copy.Add(name, value);
        }

        return copy;
    }

    private void AddText(RecordKind kind, string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Add(kind, name, text);
    }

    private void AddImage(RecordKind kind, string name, ReadOnlySpan<byte> image, long? step)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            Add(kind, name, step, new Media(ImageFormat.ExtensionOf(image), image.ToArray()));
        }
        catch (ArgumentException wrong)
        {
            Refuse(name, wrong);
        }
    }

    private void Add(RecordKind kind, string name, long? step, Media media) =>
        Add(new(kind, name, 0, step ?? Iteration, Now(), media), media.Content.Length);

    private void Add(RecordKind kind, string name, object? payload, long size = 0) =>
        Add(new(kind, name, 0, Iteration, Now(), payload), size);

    private void Add(in LogRecord record, long size)
    {
        ArgumentNullException.ThrowIfNull(record.Name, "name");
        if (delivery is null)
        {
            Interlocked.Increment(ref unheard);
        }
        else
        {
            delivery.Add(record, size);
        }
    }

    /// <summary>What is wrong with what was logged must not end the training: it is told and counted.</summary>
    private void Refuse(string name, ArgumentException wrong)
    {
        Interlocked.Increment(ref unheard);
        problems.Report($"{name}: {wrong.Message}");
    }

    private long Now() => clock.Now();
}
