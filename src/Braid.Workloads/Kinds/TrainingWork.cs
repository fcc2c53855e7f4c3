using Braid.Primitives;
using Braid.TrainingJobs;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;
using ReplicaState = Braid.Workloads.Submission.ReplicaState;

namespace Braid.Workloads.Kinds;

/// <summary>
/// A distributed job as its manifest says. Kubeflow's rules decide (<see cref="Reconciler"/>): 1 they are told how the replicas
/// stand; 2 what they decide becomes steps; 3 the job's last condition is the workload's state.
/// </summary>
internal sealed class TrainingWork : IWork
{
    private const string everything = "all";

    private readonly TrainingJob job;
    private readonly WorkloadSpec spec;
    private readonly Gang gang;
    private readonly Dictionary<string, WorkPart> parts;

    private TrainingWork(TrainingJob job, WorkloadSpec spec)
    {
        this.job = job;
        this.spec = spec;
        gang = Gang.Of(job);
        Groups =
            gang.Subgroups.Count > 0
                ? [.. gang.Subgroups.Select(part => new WorkGroup(part.Name, part.MinMember))]
                : [new(everything, gang.MinMember)];
        parts = gang
            .Members.DistinctBy(member => member.Id.LowerType)
            .ToDictionary(member => member.Id.LowerType, PartOf, StringComparer.Ordinal);
    }

    public int Priority => gang.Priority ?? PriorityClasses.Train;

    public bool? IsPreemptible => gang.IsPreemptible;

    /// <summary>Its deadline is Kubeflow's business.</summary>
    public TimeSpan? TimeLimit => null;

    public TimeSpan? ForgetAfter =>
        job.Spec.RunPolicy.TtlSecondsAfterFinished is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public IReadOnlyList<string> Pools => [];

    public IReadOnlyList<WorkGroup> Groups { get; }

    public bool IsLockstep => Reconciler.IsLockstep(job);

    public bool IsSeat => false;

    /// <summary>It names a folder of the machine.</summary>
    public bool HasFoldersOfMachines =>
        gang.Members.Any(member => member.Template.Spec.Volumes.Any(volume => volume.HostPath is not null));

    /// <param name="manifest">As <see cref="ManifestWriter"/> wrote it.</param>
    /// <param name="spec">What its replicas have beside what the manifest says.</param>
    public static Result<TrainingWork> Of(string manifest, WorkloadSpec spec) =>
        ManifestReader
            .Read(manifest)
            .Then(read => Admission.Create(read[0].Job))
            .Then(admitted =>
                TimesOf(admitted.Job).Any(time => time > SpecFault.Longest.TotalSeconds)
                    ? Errors.BadWorkload(admitted.Job.Name, $"no time is above {SpecFault.Longest.TotalDays} days")
                    : (Result<TrainingWork>)new TrainingWork(admitted.Job, spec)
            );

    private static IEnumerable<long> TimesOf(TrainingJob job) =>
        [
            job.Spec.RunPolicy.ActiveDeadlineSeconds ?? 0,
            job.Spec.RunPolicy.TtlSecondsAfterFinished ?? 0,
            job.Spec.RunPolicy.SchedulingPolicy?.ScheduleTimeoutSeconds ?? 0,
        ];

    public WorkPart PartOf(string type) => parts[type];

    public int? RankOf(string type, int index) =>
        job.ReplicaIds().Where(id => id.LowerType == type && id.Index == index).ToList() is [var id]
            ? ReplicaRanks.Of(job, id)
            : null;

    public WorkOutcome Keep(
        WorkloadRow workload,
        IReadOnlyList<ReplicaRow> replicas,
        WorkLimits limits,
        DateTimeOffset now
    )
    {
        // 1
        var (status, memory) = JobMemory.Unpack(workload.Status);
        var decision = Reconciler.Decide(
            new()
            {
                Job = job with { Status = status, Spec = job.Spec with { RunPolicy = PolicyOf(workload, limits) } },
                Memory = memory,
                // What is being removed is not there any more; a new one is made when it is gone.
                Replicas = [.. replicas.Where(one => one.Release != ReleaseReason.Removed).Select(Observe)],
                Now = now,
            },
            ReconcileOptions.Braid
        );

        // 2
        var state = StateOf(decision.Status);
        var hasEnded = state is WorkloadState.Succeeded or WorkloadState.Failed;
        var steps = hasEnded
            ? replicas.Select(replica => new WorkStep.Stop(replica.Name))
            : decision.Actions.Select(ToStep).OfType<WorkStep>();

        // 3
        return new(
            [.. steps],
            state,
            decision.Status.Conditions is [.., var last] && state != WorkloadState.Pending ? last.Message : "",
            JobMemory.Pack(decision.Status, decision.Memory),
            decision.LookAgainAt
        )
        {
            Events = [.. decision.Events.Select(told => (told.Reason, told.Message))],
        };
    }

    public ReplicaProgram ProgramOf(WorkloadRow workload, ReplicaRow replica, IReadOnlyList<ReplicaRow> replicas) =>
        TrainingPrograms.Of(job, IdOf(replica), spec);

    public IReadOnlyList<string> NamesOf(ReplicaRow replica) => TrainingPrograms.NamesOf(job, IdOf(replica));

    /// <summary>Its share's limit is a deadline like its own.</summary>
    private RunPolicy PolicyOf(WorkloadRow workload, WorkLimits limits)
    {
        var own = job.Spec.RunPolicy.ActiveDeadlineSeconds is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : (TimeSpan?)null;
        return job.Spec.RunPolicy with
        {
            Suspend = workload.Suspended,
            ActiveDeadlineSeconds = limits.TimeOf(own) is { } limit ? (long)Math.Ceiling(limit.TotalSeconds) : null,
        };
    }

    /// <summary>The id by which the job knows a replica.</summary>
    private ReplicaId IdOf(ReplicaRow row) =>
        job.ReplicaIds().First(id => id.LowerType == row.GroupName && id.Index == row.Place);

    private ObservedReplica Observe(ReplicaRow row) =>
        new()
        {
            Id = IdOf(row),
            Phase = row.ReadState() switch
            {
                ReplicaState.Running or ReplicaState.Releasing => ReplicaPhase.Running,
                ReplicaState.Succeeded => ReplicaPhase.Succeeded,
                ReplicaState.Failed => ReplicaPhase.Failed,
                _ => ReplicaPhase.Pending,
            },
            ExitCode = row.ReadState() is ReplicaState.Failed or ReplicaState.Succeeded ? (int?)row.ExitCode : null,
            Attempt = (int)row.Restarts,
            // One that others took the place of is no failure: it waits again.
            IsDeleting = row.ReadState() == ReplicaState.Releasing && row.Release != ReleaseReason.Preempted,
            EndedAt = row.Ended,
        };

    private WorkStep? ToStep(ReconcileAction action) =>
        action switch
        {
            ReconcileAction.CreateReplica create => new WorkStep.Create(
                JobReplicas.NameOf(job, create.Id),
                create.Id.LowerType,
                create.Id.Index,
                create.Attempt
            ),
            ReconcileAction.RestartReplica restart => new WorkStep.Restart(
                JobReplicas.NameOf(job, restart.Id),
                restart.Attempt,
                "the job restarts it"
            ),
            ReconcileAction.DeleteReplica delete => new WorkStep.Remove(JobReplicas.NameOf(job, delete.Id)),
            _ => null, // an ended job is forgotten by its loop
        };

    private WorkPart PartOf(Braid.TrainingJobs.Replicas.Replica member) =>
        new(
            gang.Subgroups.FirstOrDefault(part => part.Members.Contains(member.Id))?.Name ?? everything,
            TrainingRequests.Of(member.Resources)
        )
        {
            Rules = TrainingRequests.RulesOf(member.Template.Spec, spec.NodeSelector),
            IsLeader = member.IsMaster,
        };

    private static WorkloadState StateOf(JobStatus status) =>
        status.Conditions is not [.., var last]
            ? WorkloadState.Pending
            : last.Type switch
            {
                JobConditionType.Running => last.Status == "True" ? WorkloadState.Running : WorkloadState.Pending,
                JobConditionType.Succeeded => WorkloadState.Succeeded,
                JobConditionType.Failed => WorkloadState.Failed,
                JobConditionType.Suspended => last.Status == "True" ? WorkloadState.Suspended : WorkloadState.Pending,
                _ => WorkloadState.Pending,
            };
}
