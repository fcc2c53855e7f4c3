using Braid.Data.Annotations;

namespace Braid.Data.Projects;

internal sealed record ProjectRow
{
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public string Annotations { get; init; } = "{}";

    public DataProject Complete() =>
        new()
        {
            Name = Name,
            Description = Description,
            CreatedAt = CreatedAt,
            CreatedBy = CreatedBy,
            Annotations = AnnotationText.Read(Annotations),
        };
}
