using System.Globalization;
using Braid.Scheduling.Snapshots;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Queued;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;
using ReplicaState = Braid.Workloads.Submission.ReplicaState;

namespace Braid.Workloads.Kinds;

/// <summary>
/// A run that waits in a queue: one replica, which ends with its program. What it needs follows from where it may run
/// (<see cref="QueuePlaces"/>); what becomes of it is also said by the run, which belongs to whoever made it.
/// </summary>
internal sealed class QueuedWork(string name, WorkloadSpec spec) : IWork
{
    private const string group = "worker";
    private const string suspended = "is suspended";

    public int Priority => spec.Priority ?? PriorityClasses.Train;

    public bool? IsPreemptible => spec.IsPreemptible;

    public TimeSpan? TimeLimit => null;

    public IReadOnlyList<string> Pools => [];

    public IReadOnlyList<WorkGroup> Groups { get; } = [new(group, 1)];

    public bool IsLockstep => false;

    public bool IsSeat => false;

    public TimeSpan? ForgetAfter => spec.ForgetAfter;

    public WorkPart PartOf(string type) => new(group, RequestOn(spec.Request.Gpus));

    public int? RankOf(string type, int index) => index;

    /// <summary>What it takes of a machine that gives it so many GPUs.</summary>
    public ReplicaRequest RequestOn(int gpus) =>
        new(spec.Request.CpuMillicores, spec.Request.MemoryBytes)
        {
            Gpu = gpus > 0 ? new GpuRequest.Whole(gpus) : GpuRequest.Nothing,
        };

    /// <summary>The same for those of a queue that find a place where any of them does.</summary>
    public string Needs =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{spec.Request.CpuMillicores}/{spec.Request.MemoryBytes}/{spec.Request.Gpus}/{Priority}/{IsPreemptible}"
        );

    /// <summary>How many GPUs it asks for; 0 when it does not say.</summary>
    public int Gpus => spec.Request.Gpus;

    public IReadOnlyList<string> NamesOf(ReplicaRow replica) => [];

    public WorkOutcome Keep(
        WorkloadRow workload,
        IReadOnlyList<ReplicaRow> replicas,
        WorkLimits limits,
        DateTimeOffset now
    )
    {
        var replica = replicas.Count > 0 ? replicas[0] : null;
        return (replica?.ReadState(), workload.Suspended) switch
        {
            (ReplicaState.Succeeded, _) => Outcome(WorkloadState.Succeeded),
            (ReplicaState.Failed, _) => Outcome(WorkloadState.Failed) with { Message = replica!.Message },
            (_, true) => Suspend(workload, replica),
            (null, _) => Outcome(WorkloadState.Pending, new WorkStep.Create($"{name}-0", group, 0)),
            (ReplicaState.Running or ReplicaState.Releasing, _) => Outcome(WorkloadState.Running),
            _ => Outcome(WorkloadState.Pending) with { Message = replica!.Message },
        };
    }

    /// <summary>What runs is told to end, and runs until it has: only then it is back in its queue.</summary>
    private static WorkOutcome Suspend(WorkloadRow workload, ReplicaRow? replica)
    {
        var isRunning = replica is not null && workload.ReadState() == WorkloadState.Running;
        var state = isRunning ? WorkloadState.Running : WorkloadState.Suspended;
        var isTold = replica is null or { Release: ReleaseReason.Removed };
        return Outcome(state, isTold ? [] : [new WorkStep.Remove(replica!.Name, suspended)]) with
        {
            Message = isRunning ? $"{suspended}, and gives up its place" : $"{suspended} until somebody resumes it",
        };
    }

    public ReplicaProgram ProgramOf(WorkloadRow workload, ReplicaRow replica, IReadOnlyList<ReplicaRow> replicas) =>
        QueuedProgram.Of(workload.Id, spec);

    private static WorkOutcome Outcome(WorkloadState state, params IReadOnlyList<WorkStep> steps) =>
        new(steps, state, "", "", null);
}
