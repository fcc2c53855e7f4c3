using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Tracking.Artifacts;

internal sealed record ArtifactRow
{
    public const string Columns = "e.space, e.path, e.size, e.content, e.modified, e.run_id";

    public string Space { get; init; } = "";
    public string Path { get; init; } = "";
    public long Size { get; init; }

    /// <summary>Null for a folder.</summary>
    public byte[]? Content { get; init; }
    public DateTimeOffset Modified { get; init; }
    public RunId? RunId { get; init; }

    public StoredFile ToFile() =>
        new(
            Space,
            Path,
            Content is null,
            Size,
            Content is null ? "" : FileContent.FromBytes(Content).Hash.ToString(),
            Modified,
            RunId
        );
}
