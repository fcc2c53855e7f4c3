using Braid.Primitives;

namespace Braid.Tracking.Models;

/// <summary>Whether a model's files are complete (MLflow's logged model).</summary>
public enum ModelState
{
    Pending,
    Ready,
    Failed,
}

/// <summary>MLflow's stages.</summary>
public enum ModelStage
{
    None,
    Staging,
    Production,
    Archived,
}

/// <summary>
/// One model: ClearML's model, MLflow's logged model <c>m-</c>id, and, when registered, version <see cref="Version"/> of the
/// named model <see cref="RegisteredName"/>.
/// </summary>
public sealed record Model
{
    public required ModelId Id { get; init; }
    public required string Name { get; init; }
    public string? RegisteredName { get; init; }

    /// <summary>From 1; never used twice for a name.</summary>
    public long? Version { get; init; }

    /// <summary>The model it was registered from, when that one had a name already.</summary>
    public ModelId? SourceModel { get; init; }
    public ProjectId ProjectId { get; init; }

    /// <summary>The project's number (MLflow's experiment id).</summary>
    public long ProjectNumber { get; init; }

    /// <summary>The run that made it.</summary>
    public RunId? RunId { get; init; }
    public ModelId? ParentId { get; init; }
    public string Uri { get; init; } = "";
    public string Framework { get; init; } = "";

    /// <summary>MLflow's model type.</summary>
    public string Type { get; init; } = "";
    public string Comment { get; init; } = "";
    public string User { get; init; } = "";
    public string RunLink { get; init; } = "";
    public ModelState State { get; init; }
    public string StateMessage { get; init; } = "";
    public ModelStage Stage { get; init; }

    /// <summary>ClearML's "ready": final, no longer a draft.</summary>
    public bool IsPublished { get; init; }

    /// <summary>JSON object, or null.</summary>
    public string? Design { get; init; }

    /// <summary>JSON object from class name to number, or null.</summary>
    public string? Classes { get; init; }
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];
    public long LastIteration { get; init; }
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset LastUpdate { get; init; }
    public DateTimeOffset? Trashed { get; init; }

    /// <summary>Sorted by key.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>MLflow's parameters of a logged model, sorted by key.</summary>
    public IReadOnlyList<Tag> Parameters { get; init; } = [];

    /// <summary>ClearML's metadata, sorted by key.</summary>
    public IReadOnlyList<ModelMetadata> Metadata { get; init; } = [];

    /// <summary>The aliases of the named model that point at this version.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>One entry of ClearML's metadata; its type is a word of the client's, kept as it came.</summary>
public sealed record ModelMetadata(string Key, string Type, string Value);

/// <summary>How a run relates to a model.</summary>
public enum RunModelKind
{
    Input,
    Output,
}

/// <summary>A model that a run reads or makes, under a name of the run's. Kind and name identify it within the run.</summary>
public sealed record RunModel(RunModelKind Kind, string Name, ModelId Model)
{
    /// <summary>The step at which it was made.</summary>
    public long Step { get; init; }

    /// <summary>Set when stored.</summary>
    public DateTimeOffset Updated { get; init; }
}

/// <summary>What to make a model with.</summary>
public sealed record NewModel
{
    /// <summary>Given by the client, or null for a new one.</summary>
    public ModelId? Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Null for the run's project, or else "Default"; for a job's caller, the job's project.</summary>
    public ProjectId? Project { get; init; }

    /// <summary>The run that makes it; for a job's caller without one, the job's run.</summary>
    public RunId? Run { get; init; }
    public ModelId? Parent { get; init; }
    public string Type { get; init; } = "";
    public ModelState State { get; init; } = ModelState.Ready;

    /// <summary>Makes it the next version of the named model of its name (made when there is none).</summary>
    public bool Register { get; init; }
    public bool Publish { get; init; }

    /// <summary>Everything else to begin with.</summary>
    public ModelChange With { get; init; } = new();
}

/// <summary>What to change of a model; null (or nothing listed) leaves a thing as it is.</summary>
public sealed record ModelChange
{
    public string? Name { get; init; }
    public string? Uri { get; init; }
    public string? Framework { get; init; }
    public string? Comment { get; init; }
    public string? User { get; init; }
    public string? RunLink { get; init; }
    public string? Design { get; init; }
    public string? Classes { get; init; }
    public ProjectId? Project { get; init; }
    public RunId? Run { get; init; }
    public ModelId? Parent { get; init; }
    public ModelState? State { get; init; }
    public string? StateMessage { get; init; }
    public ModelStage? Stage { get; init; }
    public bool? IsPublished { get; init; }

    /// <summary>Raises the last iteration; never lowers it.</summary>
    public long? LastIteration { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? SystemLabels { get; init; }
    public IReadOnlyList<Tag> SetTags { get; init; } = [];

    /// <summary>A tag that is not there is <c>tracking.no-such-tag</c>.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];
    public IReadOnlyList<Tag> SetParameters { get; init; } = [];
    public IReadOnlyList<ModelMetadata> SetMetadata { get; init; } = [];
    public IReadOnlyList<string> RemoveMetadata { get; init; } = [];

    /// <summary>All metadata goes before what is set comes.</summary>
    public bool ReplaceMetadata { get; init; }
}
