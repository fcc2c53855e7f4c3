namespace Braid.TrainingJobs.Kinds;

/// <summary>The kinds of <c>kubeflow.org/v1</c>.</summary>
public enum JobKind
{
    TFJob,
    PyTorchJob,
    MPIJob,
    XGBoostJob,
    PaddleJob,
    JAXJob,
}

/// <summary>When a replica that ended is started again.</summary>
public enum RestartPolicy
{
    Never,

    /// <summary>When it failed.</summary>
    OnFailure,

    /// <summary>However it ended.</summary>
    Always,

    /// <summary>When its exit code says that another try may help: 128 and above.</summary>
    ExitCode,
}
