namespace Braid.TrainingJobs.Kinds;

/// <summary>What tells one kind from the others, as data.</summary>
public sealed record KindTraits
{
    private static readonly KindTraits[] all =
    [
        new()
        {
            Kind = JobKind.TFJob,
            SpecsField = "tfReplicaSpecs",
            ReplicaTypes =
            [
                Kinds.ReplicaTypes.Chief,
                Kinds.ReplicaTypes.Evaluator,
                Kinds.ReplicaTypes.Master,
                Kinds.ReplicaTypes.ParameterServer,
                Kinds.ReplicaTypes.Worker,
            ],
            Container = "tensorflow",
            PortName = "tfjob-port",
            Port = 2222,
            DefaultRestartPolicy = RestartPolicy.Never,
        },
        new()
        {
            Kind = JobKind.PyTorchJob,
            SpecsField = "pytorchReplicaSpecs",
            ReplicaTypes = [Kinds.ReplicaTypes.Master, Kinds.ReplicaTypes.Worker],
            Container = "pytorch",
            PortName = "pytorchjob-port",
            Port = 23456,
            DefaultRestartPolicy = RestartPolicy.OnFailure,
        },
        new()
        {
            Kind = JobKind.MPIJob,
            SpecsField = "mpiReplicaSpecs",
            ReplicaTypes = [Kinds.ReplicaTypes.Launcher, Kinds.ReplicaTypes.Worker],
            Container = "mpi",
            PortName = "mpi-port",
            Port = null,
            DefaultRestartPolicy = RestartPolicy.Never,
        },
        new()
        {
            Kind = JobKind.XGBoostJob,
            SpecsField = "xgbReplicaSpecs",
            ReplicaTypes = [Kinds.ReplicaTypes.Master, Kinds.ReplicaTypes.Worker],
            Container = "xgboost",
            PortName = "xgboostjob-port",
            Port = 9999,
            DefaultRestartPolicy = RestartPolicy.Never,
        },
        new()
        {
            Kind = JobKind.PaddleJob,
            SpecsField = "paddleReplicaSpecs",
            ReplicaTypes = [Kinds.ReplicaTypes.Master, Kinds.ReplicaTypes.Worker],
            Container = "paddle",
            PortName = "master",
            Port = 36543,
            DefaultRestartPolicy = RestartPolicy.OnFailure,
        },
        new()
        {
            Kind = JobKind.JAXJob,
            SpecsField = "jaxReplicaSpecs",
            ReplicaTypes = [Kinds.ReplicaTypes.Worker],
            Container = "jax",
            PortName = "jaxjob-port",
            Port = 6666,
            DefaultRestartPolicy = RestartPolicy.Never,
        },
    ];

    public static IReadOnlyList<KindTraits> All => all;

    public required JobKind Kind { get; init; }

    /// <summary>As <c>kind</c> says it: <c>TFJob</c>.</summary>
    public string Name => Kind.ToString();

    /// <summary>As <c>kubectl get</c> takes it: <c>tfjobs</c>.</summary>
    public string Plural => $"{Name.ToLowerInvariant()}s";

    /// <summary>The field of <c>spec</c> that holds the replicas.</summary>
    public required string SpecsField { get; init; }

    /// <summary>The types of its replicas, in the order in which they are looked at.</summary>
    public required IReadOnlyList<string> ReplicaTypes { get; init; }

    /// <summary>The container whose exit code counts. An MPIJob takes its first container instead.</summary>
    public required string Container { get; init; }

    public required string PortName { get; init; }

    /// <summary>The port that a container gets where it names none; null for MPIJob, which needs none.</summary>
    public required int? Port { get; init; }

    public required RestartPolicy DefaultRestartPolicy { get; init; }

    /// <summary>The label <c>training.kubeflow.org/operator-name</c>.</summary>
    public string OperatorName => $"{Name.ToLowerInvariant()}-controller";

    public static KindTraits Of(JobKind kind) => all[(int)kind];

    /// <summary>Null when no kind is called so.</summary>
    public static KindTraits? Find(string name) => Array.Find(all, traits => traits.Name == name);
}
