using Braid.Primitives;

namespace Braid.Tracking.Models;

internal sealed record ModelRow
{
    public const string From = "FROM model e JOIN project p ON p.id = e.project_id";

    public const string Columns = """
        e.id, e.name, e.registered_name, e.version, e.source_model, e.project_id, p.number AS project_number, e.run_id,
        e.parent_id, e.uri, e.framework, e.type, e.comment, e.user_name, e.run_link, e.state, e.state_message, e.stage,
        e.is_published, e.design, e.classes, e.labels, e.system_labels, e.last_iteration, e.created, e.last_update,
        e.trashed, e.only_version
        """;

    public ModelId Id { get; init; }
    public string Name { get; init; } = "";
    public string? RegisteredName { get; init; }
    public long? Version { get; init; }
    public ModelId? SourceModel { get; init; }
    public ProjectId ProjectId { get; init; }
    public long ProjectNumber { get; init; }
    public RunId? RunId { get; init; }
    public ModelId? ParentId { get; init; }
    public string Uri { get; init; } = "";
    public string Framework { get; init; } = "";
    public string Type { get; init; } = "";
    public string Comment { get; init; } = "";
    public string UserName { get; init; } = "";
    public string RunLink { get; init; } = "";
    public string State { get; init; } = "";
    public string StateMessage { get; init; } = "";
    public string Stage { get; init; } = "";
    public bool IsPublished { get; init; }
    public string? Design { get; init; }
    public string? Classes { get; init; }
    public string Labels { get; init; } = "";
    public string SystemLabels { get; init; } = "";
    public long LastIteration { get; init; }
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset LastUpdate { get; init; }
    public DateTimeOffset? Trashed { get; init; }
    public bool OnlyVersion { get; init; }

    public Model ToModel() =>
        new()
        {
            Id = Id,
            Name = Name,
            RegisteredName = RegisteredName,
            Version = Version,
            SourceModel = SourceModel,
            ProjectId = ProjectId,
            ProjectNumber = ProjectNumber,
            RunId = RunId,
            ParentId = ParentId,
            Uri = Uri,
            Framework = Framework,
            Type = Type,
            Comment = Comment,
            User = UserName,
            RunLink = RunLink,
            State = Enum.Parse<ModelState>(State, ignoreCase: true),
            StateMessage = StateMessage,
            Stage = Enum.Parse<ModelStage>(Stage, ignoreCase: true),
            IsPublished = IsPublished,
            Design = Design,
            Classes = Classes,
            Labels = Tracking.Labels.Unpack(Labels),
            SystemLabels = Tracking.Labels.Unpack(SystemLabels),
            LastIteration = LastIteration,
            Created = Created,
            LastUpdate = LastUpdate,
            Trashed = Trashed,
        };

    public static string Text<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
