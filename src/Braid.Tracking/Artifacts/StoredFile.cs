using Braid.Primitives;

namespace Braid.Tracking.Artifacts;

/// <summary>The trees of stored files.</summary>
public static class ArtifactSpaces
{
    /// <summary>The paths of ClearML's file server.</summary>
    public const string Files = "files";

    /// <summary>The paths under MLflow's <c>mlflow-artifacts:/</c>.</summary>
    public const string MLflow = "mlflow";

    /// <summary>Parts of files that are not whole yet.</summary>
    public const string Uploads = "uploads";
}

/// <summary>A stored file or folder. <paramref name="Path"/> is relative to its space, without a slash at either end.</summary>
/// <param name="Size">Bytes; 0 for a folder.</param>
/// <param name="ContentId">Changes exactly when the bytes do (an ETag); empty for a folder.</param>
public sealed record StoredFile(
    string Space,
    string Path,
    bool IsFolder,
    long Size,
    string ContentId,
    DateTimeOffset Modified,
    RunId? Run
)
{
    /// <summary>The last segment of <see cref="Path"/>.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>A path in a space.</summary>
public sealed record StoredPlace(string Space, string Path);

/// <summary>A stored file that is open for reading.</summary>
/// <param name="Content">Seekable; the receiver disposes it.</param>
public sealed record OpenFile(StoredFile File, Stream Content);
