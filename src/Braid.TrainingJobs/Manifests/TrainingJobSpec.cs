using System.Text.Json.Serialization;
using Braid.TrainingJobs.Kinds;

namespace Braid.TrainingJobs.Manifests;

/// <summary>What a job is to do. Fields of one kind only are null in the others.</summary>
public sealed record TrainingJobSpec : Carrier
{
    public RunPolicy RunPolicy
    {
        get => field ?? new();
        init;
    }

    /// <summary>
    /// The replicas by type (<see cref="ReplicaTypes"/>); a manifest has them under <see cref="KindTraits.SpecsField"/>. Null where
    /// it has none, which is refused.
    /// </summary>
    [JsonPropertyName(Reading.ShapeCheck.ReplicaSpecsField)]
    public IReadOnlyDictionary<string, ReplicaSpec>? ReplicaSpecs { get; init; }

    /// <summary>TFJob: when it has succeeded, where it has neither chief nor master.</summary>
    public SuccessPolicy? SuccessPolicy { get; init; }

    /// <summary>TFJob: workers come and go; each knows itself and the parameter servers only.</summary>
    public bool? EnableDynamicWorker { get; init; }

    /// <summary>PyTorchJob: processes per replica, or <c>auto</c>, <c>cpu</c>, <c>gpu</c>.</summary>
    public string? NprocPerNode { get; init; }

    /// <summary>PyTorchJob: how many workers it can do with.</summary>
    public ElasticPolicy? ElasticPolicy { get; init; }

    /// <summary>MPIJob: processes per worker.</summary>
    public int? SlotsPerWorker { get; init; }

    /// <summary>MPIJob: the older place of <see cref="RunPolicy.CleanPodPolicy"/>.</summary>
    public CleanPodPolicy? CleanPodPolicy { get; init; }

    /// <summary>MPIJob: the container of a worker in which programs are started; null: its first.</summary>
    public string? MainContainer { get; init; }
}

/// <summary>When a TFJob without chief and master has succeeded.</summary>
public enum SuccessPolicy
{
    /// <summary>When worker 0 has, or all have; an empty text in a manifest.</summary>
    Default,

    AllWorkers,
}

/// <summary>Which replicas are removed when the job has ended.</summary>
public enum CleanPodPolicy
{
    None,

    /// <summary>Those that still run or wait.</summary>
    Running,
    All,
}

/// <summary>The replicas of one type.</summary>
public sealed record ReplicaSpec : Carrier
{
    /// <summary>Null: the default, 1 (no workers of an MPIJob).</summary>
    public int? Replicas { get; init; }

    /// <summary>Null: the default of the kind.</summary>
    public RestartPolicy? RestartPolicy { get; init; }

    public PodTemplate Template
    {
        get => field ?? new();
        init;
    }
}

/// <summary>How long, how often and under whose control a job runs.</summary>
public sealed record RunPolicy : Carrier
{
    /// <summary>Null: <see cref="Manifests.CleanPodPolicy.None"/>.</summary>
    public CleanPodPolicy? CleanPodPolicy { get; init; }

    /// <summary>Seconds after its end at which the job is deleted; null: never.</summary>
    public int? TtlSecondsAfterFinished { get; init; }

    /// <summary>Seconds after its start at which the job has failed; null: never.</summary>
    public long? ActiveDeadlineSeconds { get; init; }

    /// <summary>Restarts before the job has failed; null: no end of them.</summary>
    public int? BackoffLimit { get; init; }

    public bool? Suspend { get; init; }

    /// <summary>Who reconciles the job; null or empty: this system.</summary>
    public string? ManagedBy { get; init; }

    public SchedulingPolicy? SchedulingPolicy { get; init; }
}

/// <summary>What a scheduler is told of the job as a gang.</summary>
public sealed record SchedulingPolicy : Carrier
{
    /// <summary>Replicas that are placed together or not at all; null: all of them.</summary>
    public int? MinAvailable { get; init; }

    public string Queue
    {
        get => field ?? "";
        init;
    }

    /// <summary>What must be free before the gang is placed.</summary>
    public IReadOnlyDictionary<string, Quantity> MinResources
    {
        get => field ?? Quantity.None;
        init;
    }

    public string PriorityClass
    {
        get => field ?? "";
        init;
    }

    public int? ScheduleTimeoutSeconds { get; init; }
}

/// <summary>How many workers a PyTorchJob can do with, and how they meet (torchrun's rendezvous).</summary>
public sealed record ElasticPolicy : Carrier
{
    public int? MinReplicas { get; init; }

    public int? MaxReplicas { get; init; }

    /// <summary><c>c10d</c>, <c>etcd</c> or <c>etcd-v2</c>; null: <c>c10d</c>.</summary>
    public string? RdzvBackend { get; init; }

    public int? RdzvPort { get; init; }

    /// <summary>Null: worker 0.</summary>
    public string? RdzvHost { get; init; }

    public string? RdzvId { get; init; }

    public IReadOnlyList<RendezvousSetting> RdzvConf
    {
        get => field ?? [];
        init;
    }

    public bool? Standalone { get; init; }

    /// <summary>The older place of <see cref="TrainingJobSpec.NprocPerNode"/>.</summary>
    public int? NProcPerNode { get; init; }

    public int? MaxRestarts { get; init; }
}

/// <summary>A setting of the rendezvous backend.</summary>
public sealed record RendezvousSetting : Carrier
{
    public string Key
    {
        get => field ?? "";
        init;
    }

    public string Value
    {
        get => field ?? "";
        init;
    }
}
