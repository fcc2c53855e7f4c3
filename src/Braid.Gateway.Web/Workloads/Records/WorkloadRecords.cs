namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The answer of <c>GET /api/workloads</c>, newest first.</summary>
/// <param name="Workloads">The page.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record WorkloadListRecord(IReadOnlyList<WorkloadRecord> Workloads, int Total);

/// <summary>A workload as it stands. Its variables are not shown: they may be secrets.</summary>
internal sealed record WorkloadRecord
{
    /// <summary>Also of its run, unless it is a part of a job.</summary>
    public required string Id { get; init; }

    /// <summary>The job's run, of a part of a job: its programs write to it.</summary>
    public string? Run { get; init; }
    public required string Name { get; init; }

    /// <summary>Its share.</summary>
    public required string Project { get; init; }

    /// <summary><c>train</c>, <c>interactive</c>, <c>inference</c> or <c>training_job</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>suspended</c>, <c>succeeded</c>, <c>failed</c>, <c>stopped</c> or <c>timed_out</c>.</summary>
    public required string State { get; init; }
    public string User { get; init; } = "";

    /// <summary>Why it waits, or why it ended as it did.</summary>
    public string Message { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Ended { get; init; }
    public string? Image { get; init; }
    public IReadOnlyList<string> Command { get; init; } = [];
    public int Parallelism { get; init; }
    public int? Completions { get; init; }
    public int BackoffLimit { get; init; }

    /// <summary>In seconds; null for none of its own.</summary>
    public double? TimeLimit { get; init; }
    public int Priority { get; init; }
    public bool IsPreemptible { get; init; }
    public IReadOnlyList<string> NodePools { get; init; } = [];
    public required MachinePartsRecord Wanted { get; init; }
    public required MachinePartsRecord Held { get; init; }
    public IReadOnlyList<ReplicaRecord> Replicas { get; init; } = [];

    /// <summary>What happened to it, oldest first; only where one is asked for.</summary>
    public IReadOnlyList<WorkloadEventRecord> Events { get; init; } = [];
}

/// <summary>A program of a workload.</summary>
internal sealed record ReplicaRecord
{
    public required string Name { get; init; }
    public required string Group { get; init; }

    /// <summary>The number by which its framework knows it among all; null where it has none.</summary>
    public int? Rank { get; init; }

    /// <summary><c>pending</c>, <c>bound</c>, <c>running</c>, <c>releasing</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string State { get; init; }
    public string? Node { get; init; }
    public IReadOnlyList<int> Gpus { get; init; } = [];
    public long Restarts { get; init; }
    public long? ExitCode { get; init; }
    public string Message { get; init; } = "";
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Ended { get; init; }
}

/// <summary>Something that happened to a workload.</summary>
internal sealed record WorkloadEventRecord(DateTimeOffset At, string Kind, string Text);
