using Braid.Workloads.Submission;

namespace Braid.Workloads.Replicas;

/// <summary>A program of a workload as it stands.</summary>
public sealed record Replica
{
    public required string Name { get; init; }
    public required string Group { get; init; }

    /// <summary>Its number in its group, from 0.</summary>
    public int Index { get; init; }
    public ReplicaState State { get; init; }

    /// <summary>Where it is; null while it waits.</summary>
    public string? Node { get; init; }

    /// <summary>The numbers of its node's GPUs that it has, or has a part of.</summary>
    public IReadOnlyList<int> Gpus { get; init; } = [];
    public long Restarts { get; init; }
    public long? ExitCode { get; init; }
    public string Message { get; init; } = "";
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How long its present attempt has run, or ran.</summary>
    public TimeSpan Ran(DateTimeOffset now) =>
        State is not ReplicaState.Pending && Started is { } started ? (Ended ?? now) - started : TimeSpan.Zero;

    /// <summary>The same, times the GPUs that it has.</summary>
    public TimeSpan GpuTime(DateTimeOffset now) => Ran(now) * Gpus.Count;

    internal static Replica Of(ReplicaRow row) =>
        new()
        {
            Name = row.Name,
            Group = row.GroupName,
            Index = (int)row.Place,
            State = row.ReadState(),
            Node = row.Node,
            Gpus = row.ReadDevices(),
            Restarts = row.Restarts,
            ExitCode = row.ExitCode,
            Message = row.Message,
            Started = row.Started,
            Ended = row.Ended,
        };
}
