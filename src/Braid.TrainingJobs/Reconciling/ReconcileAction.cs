using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>
/// Something to be done. Each says what should be, not what to change: doing it twice is doing it once, and it is said again until
/// the observation shows that it was done.
/// </summary>
public abstract record ReconcileAction
{
    private ReconcileAction() { }

    /// <summary>The replica should be there, in this attempt.</summary>
    public sealed record CreateReplica(ReplicaId Id, int Attempt) : ReconcileAction;

    /// <summary>The replica should not be there.</summary>
    public sealed record DeleteReplica(ReplicaId Id) : ReconcileAction;

    /// <summary>The replica should be in this attempt: what is left of an earlier one is stopped, then it starts again.</summary>
    public sealed record RestartReplica(ReplicaId Id, int Attempt) : ReconcileAction;

    /// <summary>The job itself has outlived its end by <c>ttlSecondsAfterFinished</c>.</summary>
    public sealed record DeleteJob : ReconcileAction;
}

/// <summary>Something that people should be told, as an event of a Kubernetes object.</summary>
/// <param name="IsWarning">Something went wrong.</param>
/// <param name="Reason">For programs: <c>TFJobRestarting</c>.</param>
/// <param name="Message">For people.</param>
public sealed record JobEvent(bool IsWarning, string Reason, string Message);
