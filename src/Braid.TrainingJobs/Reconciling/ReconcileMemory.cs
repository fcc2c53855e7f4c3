using System.Text.Json;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>
/// What a job's next look must know that its status has no field for. Stored with the status, in one transaction; as JSON by
/// <see cref="ToJson"/>.
/// </summary>
public sealed record ReconcileMemory
{
    private static readonly Dictionary<string, int> noAttempts = [];

    public static ReconcileMemory Empty { get; } = new();

    /// <summary>The attempt that each replica should be in, by <see cref="ReplicaId.ToString"/>; 0 where none is named.</summary>
    public IReadOnlyDictionary<string, int> Attempts
    {
        get => field ?? noAttempts;
        init;
    }

    /// <summary>Failures that were answered by starting something again; a whole gang counts once.</summary>
    public int Restarts { get; init; }

    /// <summary>The failure that came first since the last restart; those that it caused come after it.</summary>
    public string? FirstFailure { get; init; }

    /// <summary>What was ordered to start again does not before this; null: at once.</summary>
    public DateTimeOffset? RestartNotBefore { get; init; }

    public int AttemptOf(ReplicaId id) => Attempts.GetValueOrDefault(id.ToString());

    public string ToJson() => JsonSerializer.Serialize(this, ManifestTypes.Memory);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> wrote.</exception>
    public static ReconcileMemory FromJson(string json) =>
        JsonSerializer.Deserialize(json, ManifestTypes.Memory) ?? Empty;
}
