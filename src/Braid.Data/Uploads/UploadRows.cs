using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Data.Uploads;

internal sealed record UploadRow
{
    public Hex32 Id { get; init; }
    public string Project { get; init; } = "";
    public string Repo { get; init; } = "";
    public string Type { get; init; } = "";
    public string Branch { get; init; } = "";
    public string Path { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public string StartedBy { get; init; } = "";

    public Upload ToUpload() =>
        new()
        {
            Id = Id,
            Branch = new(new(Project, Repo, Type), Branch),
            Path = Path,
            Started = StartedAt,
            StartedBy = StartedBy,
        };
}

internal sealed record UploadPartRow
{
    public long Number { get; init; }
    public byte[] Content { get; init; } = [];
    public DateTimeOffset StoredAt { get; init; }

    public UploadPart ToPart() => new((int)Number, FileContent.FromBytes(Content), StoredAt);
}
