using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The question of <c>POST /api/workloads</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewWorkloadRecord
{
    public required string Name { get; init; }

    /// <summary>Its share.</summary>
    public required string Project { get; init; }

    /// <summary>The tracking project of its run; null for the share's name.</summary>
    public string? TrackingProject { get; init; }

    /// <summary><c>train</c>, <c>interactive</c> or <c>inference</c>.</summary>
    public required string Kind { get; init; }
    public string? Image { get; init; }
    public IReadOnlyList<string>? Command { get; init; }
    public IReadOnlyDictionary<string, string>? Environment { get; init; }
    public string? WorkingDirectory { get; init; }
    public IReadOnlyList<VolumeRecord>? Volumes { get; init; }

    public long CpuMillicores { get; init; }
    public long MemoryBytes { get; init; }
    public long? CpuLimit { get; init; }
    public long? MemoryLimit { get; init; }

    /// <summary>Whole devices, a part of one, so much memory of one, or a MIG profile: one of them.</summary>
    public int Gpus { get; init; }
    public double GpuFraction { get; init; }
    public long GpuMemoryBytes { get; init; }
    public string? MigProfile { get; init; }

    public int? Parallelism { get; init; }
    public int? Completions { get; init; }
    public bool IsElastic { get; init; }
    public int? BackoffLimit { get; init; }

    /// <summary>Times are in seconds.</summary>
    public double? TimeLimit { get; init; }
    public double? Grace { get; init; }

    /// <summary>After its end; its run stays.</summary>
    public double? ForgetAfter { get; init; }

    /// <summary>A number, or a class: <c>train</c>, <c>build-preemptible</c>, <c>build</c>, <c>inference</c>.</summary>
    public string? Priority { get; init; }
    public bool? IsPreemptible { get; init; }
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }
    public IReadOnlyList<string>? Tolerations { get; init; }
    public IReadOnlyList<string>? NodePools { get; init; }
    public bool IsSuspended { get; init; }
}

/// <summary>A folder of the node, seen by the program.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record VolumeRecord(string Source, string Target, bool IsReadOnly = false);
