using Braid.Scheduling.Snapshots;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Kinds;

/// <summary>What a kind of workload is to those who place it, keep it and run it. Pure: the same answers for the same rows.</summary>
internal interface IWork
{
    int Priority { get; }

    /// <summary>Others may take its places; null leaves it to the priority.</summary>
    bool? IsPreemptible { get; }

    /// <summary>Held back or ended when it ran for longer; null for no limit of its own.</summary>
    TimeSpan? TimeLimit { get; }

    /// <summary>Pools of nodes where it may run, best first; empty for its share's.</summary>
    IReadOnlyList<string> Pools { get; }

    /// <summary>What must run together.</summary>
    IReadOnlyList<WorkGroup> Groups { get; }

    /// <summary>Its replicas know each other: when one is lost, the others can do nothing but begin again with it.</summary>
    bool IsLockstep { get; }

    /// <summary>It only holds places, and runs nothing that nodes know of.</summary>
    bool IsSeat { get; }

    /// <summary>What the replicas of a type are to those who place them.</summary>
    /// <param name="type">As rows name it.</param>
    WorkPart PartOf(string type);

    /// <summary>How long after its end it is forgotten; null for never.</summary>
    TimeSpan? ForgetAfter { get; }

    /// <summary>What follows from how its replicas stand.</summary>
    /// <param name="limits">Of its share.</param>
    WorkOutcome Keep(WorkloadRow workload, IReadOnlyList<ReplicaRow> replicas, WorkLimits limits, DateTimeOffset now);

    /// <summary>The number by which its framework knows a replica among all; null where it has none that is known before it runs.</summary>
    /// <param name="type">As rows name it.</param>
    /// <param name="index">Among those of the type.</param>
    int? RankOf(string type, int index);

    /// <summary>What its peers call a replica; none for replicas without peers.</summary>
    IReadOnlyList<string> NamesOf(ReplicaRow replica);

    /// <summary>What to run.</summary>
    /// <param name="replicas">All of the workload's, to find its peers.</param>
    ReplicaProgram ProgramOf(WorkloadRow workload, ReplicaRow replica, IReadOnlyList<ReplicaRow> replicas);
}

/// <summary>Replicas that are placed together.</summary>
/// <param name="Min">How many run together or not at all.</param>
internal sealed record WorkGroup(string Name, int Min);

/// <summary>Replicas that are alike.</summary>
/// <param name="Group">The name of the group that they are placed with.</param>
internal sealed record WorkPart(string Group, ReplicaRequest Request)
{
    public NodeRules Rules { get; init; } = NodeRules.None;

    /// <summary>Others look for it: placed first, ended last.</summary>
    public bool IsLeader { get; init; }
}
