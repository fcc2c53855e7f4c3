using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Replicas;

/// <summary>What a scheduler is told of a job: which replicas are placed together or not at all, for whom and how urgently.</summary>
public sealed record Gang
{
    private static readonly string[] queueLabels = ["kai.scheduler/queue", "runai/queue", "project"];

    /// <summary>The job's.</summary>
    public required string Name { get; init; }

    /// <summary>Replicas that are placed together or not at all.</summary>
    public required int MinMember { get; init; }

    /// <summary>Parts of the gang with minimums of their own, which add up to <see cref="MinMember"/>; empty where it has none.</summary>
    public required IReadOnlyList<GangSubgroup> Subgroups { get; init; }

    /// <summary>Null: the job names none.</summary>
    public required string? Queue { get; init; }

    public required string PriorityClass { get; init; }

    /// <summary>Null: the class is not one of <see cref="PriorityClasses"/>.</summary>
    public required int? Priority { get; init; }

    /// <summary>A label said so, or else the priority says so.</summary>
    public required bool IsPreemptible { get; init; }

    /// <summary>What must be free before the gang is placed, where the job says so; null: what the replicas ask.</summary>
    public required ResourceRequest? MinResources { get; init; }

    /// <summary>How long the gang waits for its place; null: for ever.</summary>
    public required TimeSpan? ScheduleTimeout { get; init; }

    /// <summary>The scheduler that the templates name; null: this system's own.</summary>
    public required string? SchedulerName { get; init; }

    public required IReadOnlyList<Replica> Members { get; init; }

    /// <summary>Of a job that was admitted.</summary>
    public static Gang Of(TrainingJob job)
    {
        var policy = job.Spec.RunPolicy.SchedulingPolicy;
        var members = JobReplicas.Of(job);
        var min = MinMemberOf(job, members.Count);
        var priorityClass = PriorityClassOf(job, members);
        return new()
        {
            Name = job.Name,
            MinMember = min,
            Subgroups = SubgroupsOf(job, min),
            Queue = QueueOf(job),
            PriorityClass = priorityClass,
            Priority = PriorityClasses.PriorityOf(priorityClass),
            IsPreemptible = IsPreemptibleAt(job, PriorityClasses.PriorityOf(priorityClass)),
            MinResources = policy is { MinResources.Count: > 0 } ? ResourceRequest.Of(policy.MinResources) : null,
            ScheduleTimeout = policy?.ScheduleTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            SchedulerName = members.Select(member => member.Template.Spec.SchedulerName).FirstOrDefault(IsSaid),
            Members = members,
        };
    }

    /// <summary>As the job says; an elastic one can do with its fewest replicas; else all replicas. Never more than there are.</summary>
    private static int MinMemberOf(TrainingJob job, int all) =>
        Math.Min(all, job.Spec.RunPolicy.SchedulingPolicy?.MinAvailable ?? job.Spec.ElasticPolicy?.MinReplicas ?? all);

    private static IReadOnlyList<GangSubgroup> SubgroupsOf(TrainingJob job, int min)
    {
        if (job.Kind is not JobKind.PyTorchJob || !job.Has(ReplicaTypes.Master) || !job.Has(ReplicaTypes.Worker))
        {
            return [];
        }

        var masters = Math.Min(job.CountOf(ReplicaTypes.Master), min);
        return
        [
            new("master", masters, [.. job.ReplicaIds().Where(id => id.Type is ReplicaTypes.Master)]),
            new(
                "worker",
                Math.Max(min - masters, 0),
                [.. job.ReplicaIds().Where(id => id.Type is ReplicaTypes.Worker)]
            ),
        ];
    }

    private static string? QueueOf(TrainingJob job)
    {
        var labels = queueLabels.Select(label => Label(job, label)).FirstOrDefault(IsSaid);
        return labels ?? (job.Spec.RunPolicy.SchedulingPolicy is { Queue: { Length: > 0 } queue } ? queue : null);
    }

    private static string PriorityClassOf(TrainingJob job, IReadOnlyList<Replica> members) =>
        new[] { Label(job, "priorityClassName"), job.Spec.RunPolicy.SchedulingPolicy?.PriorityClass }
            .Concat(members.Select(member => member.Template.Spec.PriorityClassName))
            .FirstOrDefault(IsSaid)
        ?? PriorityClasses.Default;

    private static bool IsPreemptibleAt(TrainingJob job, int? priority) =>
        Label(job, "kai.scheduler/preemptibility") switch
        {
            "preemptible" => true,
            "non-preemptible" => false,
            _ => (priority ?? 0) < PriorityClasses.Build,
        };

    /// <summary>The job's own label, or one that its templates have.</summary>
    private static string? Label(TrainingJob job, string name) =>
        job.OrderedSpecs()
            .Select(spec => spec.Value.Template.Metadata.Labels)
            .Prepend(job.Metadata.Labels)
            .Select(labels => labels.GetValueOrDefault(name))
            .FirstOrDefault(IsSaid);

    private static bool IsSaid(string? text) => text is { Length: > 0 };
}

/// <summary>A part of a gang with a minimum of its own.</summary>
public sealed record GangSubgroup(string Name, int MinMember, IReadOnlyList<ReplicaId> Members);
