using Braid.Primitives;

namespace Braid.Scheduling.Snapshots;

/// <summary>What is placed as one: a training, a notebook, the workers of a pipeline.</summary>
/// <param name="Id">Unique in the snapshot.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Queue">The leaf that it waits in.</param>
/// <param name="Groups">Its replicas, by what must run together.</param>
public sealed record Workload(RunId Id, string Name, QueueId Queue, IReadOnlyList<Group> Groups)
{
    /// <summary>From this priority on a workload that does not say is not preemptible.</summary>
    public const int FirstNonPreemptible = 100;

    /// <summary>Trainings have 50, preemptible notebooks 75, notebooks 100, inference 125.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>Whether others may take its resources; null leaves it to the priority.</summary>
    public bool? Preemptible { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its owner holds it back.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>The pools it may run in, best first; none means <see cref="Node.DefaultPool"/>. All its replicas are in one.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>Where all its replicas are together.</summary>
    public TopologyConstraint? Topology { get; init; }

    /// <summary>When it last began to run with all that it must have.</summary>
    public DateTimeOffset? LastStart { get; init; }

    /// <summary>Since when it has fewer replicas than it must have; see <see cref="Outcomes.StaleMark"/>.</summary>
    public DateTimeOffset? StaleSince { get; init; }

    /// <summary>When it is thought to end, for estimates of when others start; null when nobody knows.</summary>
    public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>Whether others may take its resources.</summary>
    public bool IsPreemptible => Preemptible ?? Priority < FirstNonPreemptible;
}

/// <summary>Replicas of which a number must run together, or a group of groups.</summary>
/// <param name="Name">Unique in the workload.</param>
/// <param name="Min">How many run together or not at all; what is above is added one by one.</param>
/// <param name="Replicas">In any order.</param>
public sealed record Group(string Name, int Min, IReadOnlyList<Replica> Replicas)
{
    /// <summary>The group it is part of; a group that has parts has no replicas of its own.</summary>
    public string? Parent { get; init; }

    /// <summary>Where all its replicas are together.</summary>
    public TopologyConstraint? Topology { get; init; }
}
