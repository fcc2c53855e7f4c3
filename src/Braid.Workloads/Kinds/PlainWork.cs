using Braid.Scheduling.Snapshots;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;
using ReplicaState = Braid.Workloads.Submission.ReplicaState;

namespace Braid.Workloads.Kinds;

/// <summary>
/// Equal replicas that do not know each other: a training, somebody's interactive work, something that serves. Keeping it:
/// 1 nothing of it runs while it is suspended; 2 it has ended when it ran for too long or failed too often; 3 it has succeeded
/// when enough replicas have; 4 those that failed are begun again, those that are missing are made.
/// </summary>
internal sealed class PlainWork(WorkloadSpec spec) : IWork
{
    /// <summary>Seconds between two attempts at most.</summary>
    private const double longestPause = 300;

    /// <summary>The name of its one group.</summary>
    public const string Group = "worker";

    private readonly WorkPart part = new(
        Group,
        new(spec.Request.CpuMillicores, spec.Request.MemoryBytes) { Gpu = GpuOf(spec.Request) }
    )
    {
        Rules = new() { Selector = spec.NodeSelector, Tolerations = [.. TolerationsOf(spec)] },
    };

    private int Completions => spec.Completions ?? spec.Parallelism;

    public int Priority =>
        spec.Priority
        ?? spec.Kind switch
        {
            WorkloadKind.Interactive => PriorityClasses.Build,
            WorkloadKind.Inference => PriorityClasses.Inference,
            _ => PriorityClasses.Train,
        };

    public bool? IsPreemptible => spec.IsPreemptible;

    public TimeSpan? TimeLimit => spec.TimeLimit;

    public TimeSpan? ForgetAfter => spec.ForgetAfter;

    public IReadOnlyList<string> Pools => spec.NodePools;

    /// <summary>Its replicas do not need each other: each runs where there is room.</summary>
    public IReadOnlyList<WorkGroup> Groups { get; } = [new(Group, 1)];

    public bool IsLockstep => false;

    public bool IsSeat => spec.IsSeat;

    public WorkPart PartOf(string type) => part;

    public int? RankOf(string type, int index) => index;

    public IReadOnlyList<string> NamesOf(ReplicaRow replica) => [];

    public WorkOutcome Keep(
        WorkloadRow workload,
        IReadOnlyList<ReplicaRow> replicas,
        WorkLimits limits,
        DateTimeOffset now
    )
    {
        // 1
        if (workload.Suspended)
        {
            return new(
                [.. replicas.Select(one => new WorkStep.Remove(one.Name))],
                WorkloadState.Suspended,
                "",
                "",
                null
            );
        }

        // 2
        var isRunning = replicas.Any(one => one.ReadState() is ReplicaState.Running or ReplicaState.Releasing);
        var limit = limits.TimeOf(TimeLimit);
        var deadline = (workload.Started ?? (isRunning ? now : null)) + limit;
        if (deadline <= now)
        {
            return End(replicas, WorkloadState.TimedOut, $"it ran for longer than {limit}");
        }

        var failed = replicas.Where(one => one.ReadState() == ReplicaState.Failed).ToList();
        var failures = failed.Count + replicas.Sum(one => one.Restarts);
        var isServing = spec.Kind is WorkloadKind.Inference;
        if (failed.Count > 0 && failures > spec.BackoffLimit && !isServing)
        {
            var first = failed.MinBy(one => one.Ended);
            return End(replicas, WorkloadState.Failed, $"{first?.Name} {first?.Message} ({failures} failures)");
        }

        // 3
        var succeeded = replicas.Count(one => one.ReadState() == ReplicaState.Succeeded);
        if (succeeded >= Completions && !isServing)
        {
            return End(replicas, WorkloadState.Succeeded, "");
        }

        // 4
        var again = replicas.Where(IsToRunAgain).ToList();
        return new(
            [
                .. again
                    .Where(one => RestartAt(one, now) <= now)
                    .Select(one => new WorkStep.Restart(one.Name, one.Restarts + 1, one.Message)),
                .. Missing(workload, replicas, succeeded),
            ],
            isRunning ? WorkloadState.Running : WorkloadState.Pending,
            "",
            "",
            again.Select(one => RestartAt(one, now)).Where(at => at > now).Append(deadline).Min()
        );
    }

    public ReplicaProgram ProgramOf(WorkloadRow workload, ReplicaRow replica, IReadOnlyList<ReplicaRow> replicas) =>
        new()
        {
            Image = spec.Image ?? "",
            Command = spec.Command,
            Environment = new Dictionary<string, string>(spec.Environment, StringComparer.Ordinal)
            {
                ["RUNAI_PROJECT"] = workload.Share,
                ["RUNAI_JOB_NAME"] = workload.Name,
                ["JOB_COMPLETION_INDEX"] = $"{replica.Place}",
            },
            WorkingDirectory = spec.WorkingDirectory ?? "",
            Volumes = spec.Volumes,
            CpuMillicores = spec.CpuLimit,
            MemoryBytes = spec.MemoryLimit,
            Grace = spec.Grace,
        };

    /// <summary>Failed ones; of what serves also those that ended by themselves.</summary>
    private bool IsToRunAgain(ReplicaRow replica) =>
        replica.ReadState() == ReplicaState.Failed
        || (spec.Kind is WorkloadKind.Inference && replica.ReadState() == ReplicaState.Succeeded);

    /// <summary>
    /// The first time at once, then after a second, and after twice as long each time, up to five minutes; at once when the clock was
    /// set back behind its end, and nobody knows how long ago that was.
    /// </summary>
    private static DateTimeOffset? RestartAt(ReplicaRow replica, DateTimeOffset now)
    {
        if (replica.Ended > now)
        {
            return now;
        }

        var seconds = replica.Restarts == 0 ? 0 : Math.Pow(2, Math.Min(replica.Restarts - 1, 10));
        return replica.Ended + TimeSpan.FromSeconds(Math.Min(seconds, longestPause));
    }

    private IEnumerable<WorkStep> Missing(WorkloadRow workload, IReadOnlyList<ReplicaRow> replicas, int succeeded)
    {
        var known = replicas.Select(one => one.Place).ToHashSet();
        var room = spec.Parallelism - (replicas.Count - succeeded);
        return Enumerable
            .Range(0, Completions)
            .Where(place => !known.Contains(place))
            .Take(Math.Max(room, 0))
            .Select(place => new WorkStep.Create($"{workload.Name}-{place}", Group, place));
    }

    private static WorkOutcome End(IReadOnlyList<ReplicaRow> replicas, WorkloadState state, string message) =>
        new([.. replicas.Select(one => new WorkStep.Stop(one.Name))], state, message, "", null);

    private static GpuRequest GpuOf(ProgramRequest request) =>
        request switch
        {
            { Gpus: > 0 } => new GpuRequest.Whole(request.Gpus),
            { GpuFraction: > 0 } => new GpuRequest.Fraction(request.GpuFraction),
            { GpuMemoryBytes: > 0 } => new GpuRequest.Memory(request.GpuMemoryBytes >> 20),
            { MigProfile: { } profile } => new GpuRequest.Mig(profile),
            _ => GpuRequest.Nothing,
        };

    private static IEnumerable<Toleration> TolerationsOf(WorkloadSpec spec) =>
        spec.Image is null && !spec.IsSeat
            ? spec.Tolerations.Select(Tolerate)
            : spec.Tolerations.Select(Tolerate).Append(NodeKinds.HasImage);

    private static Toleration Tolerate(string key) => new(key == "*" ? null : key);
}
