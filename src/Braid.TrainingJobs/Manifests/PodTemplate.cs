using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.TrainingJobs.Manifests;

/// <summary>What each replica of a type is made from.</summary>
public sealed record PodTemplate : Carrier
{
    public ObjectMetadata Metadata
    {
        get => field ?? new();
        init;
    }

    public PodSpec Spec
    {
        get => field ?? new();
        init;
    }
}

/// <summary>The containers of a replica, and where they may run.</summary>
public sealed record PodSpec : Carrier
{
    /// <summary>Run one after the other before the others start.</summary>
    public IReadOnlyList<Container> InitContainers
    {
        get => field ?? [];
        init;
    }

    public IReadOnlyList<Container> Containers
    {
        get => field ?? [];
        init;
    }

    public IReadOnlyList<Volume> Volumes
    {
        get => field ?? [];
        init;
    }

    /// <summary>As the template says it; the replica's own policy is written over it.</summary>
    public string? RestartPolicy { get; init; }

    public IReadOnlyDictionary<string, string> NodeSelector
    {
        get => field ?? ObjectMetadata.NoTexts;
        init;
    }

    public IReadOnlyList<Toleration> Tolerations
    {
        get => field ?? [];
        init;
    }

    /// <summary>As it was given: rules for schedulers that know them.</summary>
    public JsonElement? Affinity { get; init; }

    /// <summary>Null: this system's own.</summary>
    public string? SchedulerName { get; init; }

    public string? PriorityClassName { get; init; }

    public string? ServiceAccountName { get; init; }

    /// <summary>The machine's own network and its host name.</summary>
    public bool? HostNetwork { get; init; }

    /// <summary>How long a replica may take to end when it is told to.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }
}

/// <summary>A taint of a machine that a replica can live with.</summary>
public sealed record Toleration : Carrier
{
    public string Key
    {
        get => field ?? "";
        init;
    }

    /// <summary><c>Exists</c> or <c>Equal</c>; null: <c>Equal</c>.</summary>
    public string? Operator { get; init; }

    public string Value
    {
        get => field ?? "";
        init;
    }

    public string Effect
    {
        get => field ?? "";
        init;
    }

    public long? TolerationSeconds { get; init; }
}

/// <summary>A program of a replica.</summary>
public sealed record Container : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    public string Image
    {
        get => field ?? "";
        init;
    }

    public string? ImagePullPolicy { get; init; }

    public IReadOnlyList<string> Command
    {
        get => field ?? [];
        init;
    }

    public IReadOnlyList<string> Args
    {
        get => field ?? [];
        init;
    }

    public string? WorkingDir { get; init; }

    public IReadOnlyList<EnvVar> Env
    {
        get => field ?? [];
        init;
    }

    public IReadOnlyList<EnvFromSource> EnvFrom
    {
        get => field ?? [];
        init;
    }

    public IReadOnlyList<ContainerPort> Ports
    {
        get => field ?? [];
        init;
    }

    public ResourceRequirements Resources
    {
        get => field ?? new();
        init;
    }

    public IReadOnlyList<VolumeMount> VolumeMounts
    {
        get => field ?? [];
        init;
    }
}

/// <summary>A port that a container listens on.</summary>
public sealed record ContainerPort : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    [JsonPropertyName("containerPort")]
    public int Number { get; init; }

    public string? Protocol { get; init; }
}

/// <summary>What a container is promised, and what it may not exceed, by resource name.</summary>
public sealed record ResourceRequirements : Carrier
{
    public IReadOnlyDictionary<string, Quantity> Requests
    {
        get => field ?? Quantity.None;
        init;
    }

    public IReadOnlyDictionary<string, Quantity> Limits
    {
        get => field ?? Quantity.None;
        init;
    }
}
