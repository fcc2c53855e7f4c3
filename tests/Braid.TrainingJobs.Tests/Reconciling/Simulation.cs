using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Tests.Reconciling;

/// <summary>A job, an executor that does what it is told, and a clock that the test moves.</summary>
internal sealed class Simulation(TrainingJob job, ReconcileOptions options)
{
    private readonly Dictionary<ReplicaId, ObservedReplica> replicas = [];

    public Simulation(string kind, string replicas, string spec = "", ReconcileOptions? options = null)
        : this(Samples.Admitted(kind, replicas, spec), options ?? ReconcileOptions.Kubeflow) { }

    public TrainingJob Job { get; set; } = job;

    public ReconcileMemory Memory { get; private set; } = ReconcileMemory.Empty;

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public JobStatus Status => Job.Status ?? new();

    public bool IsDeleted { get; private set; }

    public IReadOnlyCollection<ObservedReplica> Replicas => replicas.Values;

    /// <summary>The conditions that there are, those that do not hold in brackets.</summary>
    public string Conditions =>
        string.Join(' ', Status.Conditions.Select(one => one.Status == "True" ? $"{one.Type}" : $"({one.Type})"));

    public string LastMessage => Status.Conditions[^1].Message;

    /// <summary>Each type's active, succeeded and failed replicas.</summary>
    public string Counts =>
        string.Join(
            ' ',
            Status
                .ReplicaStatuses.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}={pair.Value.Active}/{pair.Value.Succeeded}/{pair.Value.Failed}")
        );

    public ReconcileDecision Look() =>
        Reconciler.Decide(
            new()
            {
                Job = Job,
                Memory = Memory,
                Replicas = [.. replicas.Values],
                Now = Now,
            },
            options
        );

    /// <summary>Looks, stores and acts; what was done, in words.</summary>
    public string Step()
    {
        var decision = Look();
        Store(decision);
        foreach (var action in decision.Actions)
        {
            Act(action);
        }

        return string.Join(' ', decision.Actions.Select(Describe));
    }

    public void Store(ReconcileDecision decision)
    {
        Job = Job with { Status = decision.Status };
        Memory = ReconcileMemory.FromJson(decision.Memory.ToJson());
    }

    public Simulation Running(params string[] ids)
    {
        foreach (var id in ids.Length > 0 ? ids.Select(Samples.Id) : replicas.Keys.ToArray())
        {
            Set(id, seen => seen with { Phase = ReplicaPhase.Running });
        }

        return this;
    }

    public Simulation Exit(string id, int code)
    {
        var phase = code == 0 ? ReplicaPhase.Succeeded : ReplicaPhase.Failed;
        Set(Samples.Id(id), seen => seen with { Phase = phase, ExitCode = code, EndedAt = Now });
        return this;
    }

    public void Set(ReplicaId id, Func<ObservedReplica, ObservedReplica> change) => replicas[id] = change(replicas[id]);

    public static string Describe(ReconcileAction action) =>
        action switch
        {
            ReconcileAction.CreateReplica create => $"+{create.Id}" + (create.Attempt > 0 ? $"@{create.Attempt}" : ""),
            ReconcileAction.RestartReplica restart => $"~{restart.Id}@{restart.Attempt}",
            ReconcileAction.DeleteReplica delete => $"-{delete.Id}",
            _ => "-job",
        };

    public void Act(ReconcileAction action)
    {
        switch (action)
        {
            case ReconcileAction.CreateReplica create:
                replicas[create.Id] = Fresh(create.Id, create.Attempt);
                break;
            case ReconcileAction.RestartReplica restart:
                replicas[restart.Id] = Fresh(restart.Id, restart.Attempt);
                break;
            case ReconcileAction.DeleteReplica delete:
                replicas.Remove(delete.Id);
                break;
            default:
                IsDeleted = true;
                break;
        }
    }

    private static ObservedReplica Fresh(ReplicaId id, int attempt) =>
        new()
        {
            Id = id,
            Phase = ReplicaPhase.Pending,
            Attempt = attempt,
        };
}
