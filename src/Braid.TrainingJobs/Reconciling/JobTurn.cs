using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>One look at a job: what was seen, and the decision as it grows.</summary>
internal sealed class JobTurn(JobObservation seen, ReconcileOptions options)
{
    private readonly List<ReconcileAction> actions = [];
    private readonly List<JobEvent> events = [];
    private readonly JobStatus before = seen.Job.Status ?? new();
    private DateTimeOffset? lookAgainAt;

    public TrainingJob Job => seen.Job;

    public IReadOnlyList<ObservedReplica> Replicas => seen.Replicas;

    public ReconcileOptions Options => options;

    public DateTimeOffset Now { get; } = WholeSeconds(seen.Now);

    public JobStatus Status { get; set; } = seen.Job.Status ?? new();

    public ReconcileMemory Memory { get; set; } = seen.Memory;

    public string FullName => $"{Job.Namespace}/{Job.Name}";

    public void Do(ReconcileAction action) => actions.Add(action);

    public void Tell(bool isWarning, string what, string message) =>
        events.Add(new(isWarning, Conditions.Reason(Job.Kind, what), message));

    public void LookAgain(DateTimeOffset at) => lookAgainAt = lookAgainAt is { } other && other < at ? other : at;

    public void NoteCreation()
    {
        if (Status.Conditions.Count == 0)
        {
            Set(JobConditionType.Created, $"{Job.Kind} {Job.Name} is created.");
        }
    }

    /// <summary>The job's time begins, unless it has.</summary>
    public void Start() => Status = Status with { StartTime = Status.StartTime ?? Now };

    public void Set(JobConditionType type, string message) =>
        Set(type, Conditions.True, Conditions.Reason(Job.Kind, type.ToString()), message);

    public void Set(JobConditionType type, string status, string reason, string message) =>
        Status = Status.With(
            new()
            {
                Type = type,
                Status = status,
                Reason = reason,
                Message = message,
                LastUpdateTime = Now,
                LastTransitionTime = Now,
            }
        );

    public void Succeed(string message)
    {
        Tell(isWarning: false, nameof(JobConditionType.Succeeded), message);
        Status = Status with { CompletionTime = Status.CompletionTime ?? Now };
        Set(JobConditionType.Succeeded, message);
    }

    public void Fail(string message, string? reason = null)
    {
        Status = Status with { CompletionTime = Status.CompletionTime ?? Now };
        var text =
            Options.NamesFirstFailure && Memory.FirstFailure is { } first
                ? $"{message} First failure: {first}."
                : message;
        Tell(isWarning: true, nameof(JobConditionType.Failed), text);
        Set(
            JobConditionType.Failed,
            Conditions.True,
            reason ?? Conditions.Reason(Job.Kind, nameof(JobConditionType.Failed)),
            text
        );
    }

    public void DeleteAll()
    {
        foreach (var replica in Replicas.Where(replica => !replica.IsDeleting).OrderBy(replica => replica.Id))
        {
            Do(new ReconcileAction.DeleteReplica(replica.Id));
        }
    }

    public ReconcileDecision Decision() =>
        new()
        {
            Actions = actions,
            Status = JobStatuses.Same(before, Status) ? before : Status with { LastReconcileTime = Now },
            Memory = Memory,
            Events = JobStatuses.Same(before, Status) ? [] : events,
            LookAgainAt = lookAgainAt,
        };

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
