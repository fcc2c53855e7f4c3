namespace Braid.Client.Records;

/// <summary>What kind of thing was logged.</summary>
public enum RecordKind
{
    /// <summary>A point of a series: <see cref="LogRecord.Value"/> at <see cref="LogRecord.Step"/>.</summary>
    Metric,

    /// <summary>A parameter; the payload is a <see cref="ParameterValue"/>.</summary>
    Parameter,

    /// <summary>A tag with a value; the payload is the text.</summary>
    Tag,

    /// <summary>A tag that is only a word: the name.</summary>
    Label,

    /// <summary>The run's description; the payload is the text.</summary>
    Note,

    /// <summary>A line that the program wrote; the payload is the text.</summary>
    Console,

    /// <summary>An encoded image; the payload is a <see cref="Media"/>.</summary>
    Image,

    /// <summary>A histogram; the payload is a <see cref="Media"/> with JSON <c>{"edges": [n+1], "counts": [n]}</c>.</summary>
    Histogram,

    /// <summary>A figure; the payload is a <see cref="Media"/>: Plotly's JSON, or an image.</summary>
    Figure,

    /// <summary>A text; the payload is a <see cref="Media"/> in UTF-8.</summary>
    Text,

    /// <summary>A table; the payload is a <see cref="Media"/> with JSON <c>{"columns": [], "data": [[]]}</c>.</summary>
    Table,

    /// <summary>Sound; the payload is a <see cref="Media"/>, WAV as a rule.</summary>
    Audio,

    /// <summary>Files; the payload is an <see cref="ArtifactFile"/>.</summary>
    Artifact,

    /// <summary>A model; the payload is a <see cref="ModelFile"/>.</summary>
    Model,

    /// <summary>The end of the run. Backends never see it as a record: it is their <see cref="Backends.IRunSink.EndAsync"/>.</summary>
    End,
}

/// <summary>One logged thing. A struct, so that a point costs no allocation on its way.</summary>
/// <param name="Kind">What it is, and so what the payload is.</param>
/// <param name="Name">Its name: <c>loss</c>, <c>loss/validation</c>.</param>
/// <param name="Value">A point's value, NaN and infinities included.</param>
/// <param name="Step">The step, 0 and negative ones included.</param>
/// <param name="Milliseconds">When it was logged, since 1970, UTC.</param>
/// <param name="Payload">Everything else; never changed after the call that logged it.</param>
public readonly record struct LogRecord(
    RecordKind Kind,
    string Name,
    double Value = 0,
    long Step = 0,
    long Milliseconds = 0,
    object? Payload = null
)
{
    /// <summary>The text of a tag, a note or a line.</summary>
    public string Text => (string)Payload!; // of these kinds

    /// <summary>The payload of a parameter.</summary>
    public ParameterValue Parameter => (ParameterValue)Payload!; // of this kind

    /// <summary>The payload of what has content.</summary>
    public Media Media => (Media)Payload!; // of these kinds

    /// <summary>The payload of an artifact.</summary>
    public ArtifactFile Artifact => (ArtifactFile)Payload!; // of this kind

    /// <summary>The payload of a model.</summary>
    public ModelFile Model => (ModelFile)Payload!; // of this kind

    /// <summary>The payload of the end.</summary>
    internal RunEnd End => (RunEnd)Payload!; // of this kind
}
