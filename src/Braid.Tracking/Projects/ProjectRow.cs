using Braid.Primitives;

namespace Braid.Tracking.Projects;

internal sealed record ProjectRow
{
    public const string Columns = """
        e.id, e.number, e.name, e.parent_id, e.description, e.labels, e.system_labels, e.user_name, e.created,
        e.last_update, e.trashed, e.default_output, e.artifact_location
        """;

    public ProjectId Id { get; init; }
    public long Number { get; init; }
    public string Name { get; init; } = "";
    public ProjectId? ParentId { get; init; }
    public string Description { get; init; } = "";
    public string Labels { get; init; } = "";
    public string SystemLabels { get; init; } = "";
    public string UserName { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset LastUpdate { get; init; }
    public DateTimeOffset? Trashed { get; init; }
    public string DefaultOutput { get; init; } = "";
    public string? ArtifactLocation { get; init; }

    public Project ToProject(IReadOnlyList<Tag> tags) =>
        new()
        {
            Id = Id,
            Number = Number,
            Name = Name,
            ParentId = ParentId,
            Description = Description,
            Labels = Tracking.Labels.Unpack(Labels),
            SystemLabels = Tracking.Labels.Unpack(SystemLabels),
            Tags = tags,
            User = UserName,
            Created = Created,
            LastUpdate = LastUpdate,
            Trashed = Trashed,
            DefaultOutput = DefaultOutput,
            ArtifactLocation = ArtifactLocation,
        };
}
