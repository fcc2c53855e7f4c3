namespace Braid.Client.Sending;

/// <summary>What kind of thing was logged.</summary>
internal enum EntryKind
{
    Metric,
    Param,
    Tag,
    Upload,
    Model,
    Mark,
}

/// <summary>One logged thing. A struct, so that a point costs no allocation on its way through the queue.</summary>
internal readonly record struct Entry(
    EntryKind Kind,
    string Name,
    double Value = 0,
    long Step = 0,
    long Milliseconds = 0,
    object? Payload = null
)
{
    /// <summary>The text of a parameter or tag.</summary>
    public string Text => (string)Payload!; // set by Param and Tag

    /// <summary>Completes when the sender came to this mark.</summary>
    public Task Reached => ((TaskCompletionSource)Payload!).Task; // set by Mark

    public static Entry Metric(string name, double value, long step, long milliseconds) =>
        new(EntryKind.Metric, name, value, step, milliseconds);

    public static Entry Param(string name, string value) => new(EntryKind.Param, name, Payload: value);

    public static Entry Tag(string name, string value) => new(EntryKind.Tag, name, Payload: value);

    public static Entry Upload(ArtifactUpload upload) => new(EntryKind.Upload, "", Payload: upload);

    public static Entry Model(ModelUpload upload) => new(EntryKind.Model, upload.Name, Payload: upload);

    public static Entry Mark() =>
        new(EntryKind.Mark, "", Payload: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>A file or folder to put below the run's artifacts.</summary>
internal sealed record ArtifactUpload(string Path, string Folder);

/// <summary>A model to upload and register.</summary>
internal sealed record ModelUpload(
    string Name,
    string Path,
    string? Description,
    IReadOnlyDictionary<string, string>? Tags
);
