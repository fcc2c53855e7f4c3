using System.Text.Json;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Statuses;

/// <summary>How a job stands, as <c>status</c> of a Kubernetes object. Times have whole seconds.</summary>
public sealed record JobStatus : Carrier
{
    /// <summary>What holds of the job, in the order in which it came to hold; the last one is its state.</summary>
    public IReadOnlyList<JobCondition> Conditions
    {
        get => field ?? [];
        init;
    }

    public IReadOnlyDictionary<string, ReplicaStatus> ReplicaStatuses
    {
        get => field ?? noReplicas;
        init;
    }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }

    public DateTimeOffset? LastReconcileTime { get; init; }

    private static readonly Dictionary<string, ReplicaStatus> noReplicas = [];

    /// <summary>As <c>status</c> of its Kubernetes object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ManifestTypes.Status);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> wrote.</exception>
    public static JobStatus FromJson(string json) => JsonSerializer.Deserialize(json, ManifestTypes.Status) ?? new();
}

/// <summary>What a condition says of a job.</summary>
public enum JobConditionType
{
    Created,
    Running,
    Restarting,
    Succeeded,
    Failed,
    Suspended,
}

/// <summary>Something that holds of a job, or no longer does.</summary>
public sealed record JobCondition : Carrier
{
    public required JobConditionType Type { get; init; }

    /// <summary><c>True</c> or <c>False</c>.</summary>
    public required string Status { get; init; }

    /// <summary>For programs: <c>TFJobRunning</c>.</summary>
    public string Reason
    {
        get => field ?? "";
        init;
    }

    /// <summary>For people.</summary>
    public string Message
    {
        get => field ?? "";
        init;
    }

    public DateTimeOffset? LastUpdateTime { get; init; }

    public DateTimeOffset? LastTransitionTime { get; init; }
}

/// <summary>How many replicas of a type are in which state.</summary>
public sealed record ReplicaStatus : Carrier
{
    public int Active { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    /// <summary>The labels that find them.</summary>
    public string? Selector { get; init; }
}
