namespace Braid.Client.Records;

/// <summary>A parameter's value as text, where it belongs, and what it was.</summary>
/// <param name="Section">A group of parameters: <c>General</c>, <c>Args</c>, <c>Hyperparameters</c>.</param>
/// <param name="Text">The value as text, the same in every culture.</param>
/// <param name="Type">What Python would call its type: <c>int</c>, <c>float</c>, <c>bool</c>, <c>str</c>; empty for none.</param>
public sealed record ParameterValue(string Section, string Text, string Type);

/// <summary>Encoded content: an image file's bytes, a text in UTF-8, JSON.</summary>
/// <param name="Extension">What its file's name ends with, without the point: <c>png</c>, <c>wav</c>, <c>json</c>, <c>md</c>.</param>
/// <param name="Content">The bytes; nobody else holds them.</param>
public sealed record Media(string Extension, ReadOnlyMemory<byte> Content);

/// <summary>A file, a folder, or bytes to put below the run's artifacts.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">The file or folder; the file's name when <paramref name="Content"/> is given.</param>
/// <param name="Folder">Where to, below the run's artifacts; empty for the top.</param>
/// <param name="Content">The bytes themselves, when there is no file.</param>
public sealed record ArtifactFile(ArtifactKind Kind, string Path, string Folder, ReadOnlyMemory<byte>? Content = null);

/// <summary>What an artifact is.</summary>
public enum ArtifactKind
{
    /// <summary>Anything else.</summary>
    Custom,

    /// <summary>A whole model.</summary>
    Model,

    /// <summary>The state of a training, to go on from.</summary>
    Checkpoint,

    /// <summary>A model's weights.</summary>
    Weights,

    /// <summary>Data to train or test on.</summary>
    Dataset,

    /// <summary>A few examples of data.</summary>
    Sample,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A film.</summary>
    Video,

    /// <summary>A drawing of results.</summary>
    Visualization,

    /// <summary>A document to read.</summary>
    Report,

    /// <summary>Settings.</summary>
    Config,

    /// <summary>Source code.</summary>
    Code,
}

/// <summary>A model to upload and register.</summary>
/// <param name="Path">Its file, or the folder that holds its files.</param>
/// <param name="Kind">Model, checkpoint or weights.</param>
/// <param name="Framework">What made it, <c>TorchSharp</c> or <c>ONNX</c>; empty when not said.</param>
/// <param name="Description">What is special about it; empty when not said.</param>
/// <param name="Tags">Tags of this version.</param>
public sealed record ModelFile(
    string Path,
    ArtifactKind Kind,
    string Framework,
    string Description,
    IReadOnlyDictionary<string, string> Tags
);

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It reached its end.</summary>
    Finished,

    /// <summary>It failed: its program said so, or crashed.</summary>
    Failed,

    /// <summary>It was told to stop (SIGTERM).</summary>
    Stopped,
}

/// <summary>The end of a run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why; empty when it finished.</param>
/// <param name="At">When, in milliseconds since 1970, UTC.</param>
public sealed record RunEnd(RunOutcome Outcome, string Reason, long At);
