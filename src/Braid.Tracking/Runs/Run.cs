using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Tracking.Runs;

/// <summary>What to read of a run beside its own row; each part costs one more query for the whole list.</summary>
[Flags]
public enum RunParts
{
    None = 0,
    Parameters = 1,
    Tags = 2,
    Metrics = 4,
    Artifacts = 8,
    Models = 16,
    All = Parameters | Tags | Metrics | Artifacts | Models,
}

/// <summary>One execution that is tracked: Pachyderm's job, ClearML's task, MLflow's run.</summary>
public sealed record Run
{
    public required RunId Id { get; init; }
    public required ProjectId ProjectId { get; init; }

    /// <summary>The project's number (MLflow's experiment id).</summary>
    public required long ProjectNumber { get; init; }
    public required string Name { get; init; }

    /// <summary>ClearML's task type: training, testing, data_processing, ...</summary>
    public string Type { get; init; } = "training";
    public RunStatus Status { get; init; }
    public string StatusReason { get; init; } = "";
    public string StatusMessage { get; init; } = "";
    public DateTimeOffset StatusChanged { get; init; }

    /// <summary>What the program inside a job said about its own end; null until it did, and for runs of clients.</summary>
    public RunStatus? ReportedStatus { get; init; }
    public string ReportedReason { get; init; } = "";
    public string Comment { get; init; } = "";
    public string User { get; init; } = "";
    public RunId? ParentId { get; init; }
    public RunOwner Owner { get; init; }
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Completed { get; init; }
    public DateTimeOffset? Published { get; init; }

    /// <summary>The last sign of life: change, event or ping.</summary>
    public DateTimeOffset LastUpdate { get; init; }

    /// <summary>The last change of the run's own fields.</summary>
    public DateTimeOffset LastChange { get; init; }
    public string LastChangedBy { get; init; } = "";
    public long LastIteration { get; init; }
    public string LastWorker { get; init; } = "";
    public DateTimeOffset? LastWorkerReport { get; init; }

    /// <summary>The queue that it waits in, or waited in last.</summary>
    public QueueId? QueueId { get; init; }

    /// <summary>When it was put in the trash; null while it lives.</summary>
    public DateTimeOffset? Trashed { get; init; }
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];
    public RunDocuments Documents { get; init; } = new();

    /// <summary>Sorted by section, name; read when asked for <see cref="RunParts.Parameters"/>.</summary>
    public IReadOnlyList<RunParameter> Parameters { get; init; } = [];

    /// <summary>Sorted by key; read when asked for <see cref="RunParts.Tags"/>.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Sorted by metric, variant; read when asked for <see cref="RunParts.Metrics"/>.</summary>
    public IReadOnlyList<SeriesSummary> Metrics { get; init; } = [];

    /// <summary>Sorted by key, mode; read when asked for <see cref="RunParts.Artifacts"/>.</summary>
    public IReadOnlyList<RunArtifact> Artifacts { get; init; } = [];

    /// <summary>In the order of linking; read when asked for <see cref="RunParts.Models"/>.</summary>
    public IReadOnlyList<RunModel> Models { get; init; } = [];
}

/// <summary>Free sections of a run: each a JSON object as text, or null when nobody wrote it.</summary>
public sealed record RunDocuments
{
    public string? Script { get; init; }
    public string? Execution { get; init; }
    public string? Container { get; init; }
    public string? Configuration { get; init; }
    public string? Runtime { get; init; }
    public string? Output { get; init; }

    /// <summary>What a protocol keeps with the run and nobody else reads.</summary>
    public string? Extra { get; init; }
}

/// <summary>A hyper-parameter or user property. <paramref name="Type"/> is free text that clients write (<c>int</c>, <c>list/int</c>).</summary>
public sealed record RunParameter(string Section, string Name, string Value, string Type = "", string Description = "");
