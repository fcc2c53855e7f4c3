using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Imports;

/// <summary>A run as another server has it, with the id that it has there.</summary>
public sealed record ImportedRun
{
    public required RunId Id { get; init; }
    public required ProjectId Project { get; init; }
    public required string Name { get; init; }
    public required RunStatus Status { get; init; }
    public string User { get; init; } = "";
    public string Comment { get; init; } = "";

    /// <summary>It need not exist (yet).</summary>
    public RunId? Parent { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>In the trash over there.</summary>
    public bool IsTrashed { get; init; }
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>One that is here already with another value is <c>tracking.parameter-immutable</c>.</summary>
    public IReadOnlyList<RunParameter> Parameters { get; init; } = [];
    public IReadOnlyList<DatasetInput> Datasets { get; init; } = [];

    /// <summary>Models that it read and made; they need not exist (yet).</summary>
    public IReadOnlyList<RunModel> Models { get; init; } = [];
}
