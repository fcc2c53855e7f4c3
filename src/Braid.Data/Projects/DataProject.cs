namespace Braid.Data.Projects;

/// <summary>A project as the versioned data knows it: a namespace of repos.</summary>
public sealed record DataProject
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of the caller who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What people attached to it.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }
}
