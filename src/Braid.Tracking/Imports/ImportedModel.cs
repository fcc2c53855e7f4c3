using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Tracking.Imports;

/// <summary>A model without a name of the registry, as another server has it, with the id that it has there.</summary>
public sealed record ImportedModel
{
    public required ModelId Id { get; init; }
    public required ProjectId Project { get; init; }
    public required string Name { get; init; }
    public required string Uri { get; init; }
    public required ModelState State { get; init; }
    public string StateMessage { get; init; } = "";
    public string Type { get; init; } = "";
    public RunId? Run { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset LastUpdate { get; init; }
    public bool IsTrashed { get; init; }
    public IReadOnlyList<Tag> Tags { get; init; } = [];
    public IReadOnlyList<Tag> Parameters { get; init; } = [];
}

/// <summary>A name of another server's registry, with its versions and aliases.</summary>
public sealed record ImportedName
{
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset LastUpdate { get; init; }
    public IReadOnlyList<Tag> Tags { get; init; } = [];
    public IReadOnlyList<ModelAlias> Aliases { get; init; } = [];
    public IReadOnlyList<ImportedVersion> Versions { get; init; } = [];
}

/// <summary>A version with the number that it has over there.</summary>
public sealed record ImportedVersion
{
    public required long Number { get; init; }
    public required string Uri { get; init; }
    public ModelStage Stage { get; init; }
    public ModelState State { get; init; } = ModelState.Ready;
    public string StateMessage { get; init; } = "";
    public string Description { get; init; } = "";
    public string User { get; init; } = "";
    public string RunLink { get; init; } = "";
    public RunId? Run { get; init; }

    /// <summary>The model that it was registered from.</summary>
    public ModelId? Model { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset LastUpdate { get; init; }
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
