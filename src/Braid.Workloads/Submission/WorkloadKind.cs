namespace Braid.Workloads.Submission;

/// <summary>What kind of work it is: it decides how important it is when nobody says so, and what its end means.</summary>
public enum WorkloadKind
{
    /// <summary>Runs to its end; may be interrupted for what is more important, and begun again.</summary>
    Train,

    /// <summary>Somebody works in it (Run:ai's workspace); runs until it is stopped, inside the quota.</summary>
    Interactive,

    /// <summary>Answers questions; runs until it is stopped, inside the quota.</summary>
    Inference,

    /// <summary>A job of several groups of replicas, as its manifest says (Kubeflow).</summary>
    TrainingJob,

    /// <summary>A run that somebody put in a queue (ClearML's task); not submitted as work.</summary>
    Queued,
}
