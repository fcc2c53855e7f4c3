namespace Braid.TrainingJobs.Tests.Validation;

public sealed class JobRulesTests
{
    private const string label =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    [Theory]
    [InlineData("TFJob", "Worker=2")]
    [InlineData("TFJob", "Chief=1 PS=2 Worker=2 Evaluator=1")]
    [InlineData("TFJob", "Master=1 PS=2")]
    [InlineData("TFJob", "worker=1")]
    [InlineData("TFJob", "Sidecar=1 Worker=1")]
    [InlineData("PyTorchJob", "Master=1 Worker=2")]
    [InlineData("PyTorchJob", "Worker=2")]
    [InlineData("PyTorchJob", "Master=1")]
    [InlineData("XGBoostJob", "Master=1 Worker=2")]
    [InlineData("XGBoostJob", "Master=1")]
    [InlineData("PaddleJob", "Worker=2")]
    [InlineData("PaddleJob", "Master=2 Worker=2")]
    [InlineData("JAXJob", "Worker=2")]
    [InlineData("MPIJob", "Launcher=1 Worker=2")]
    [InlineData("MPIJob", "Launcher= Worker=2")]
    public void A_job_that_is_right_is_taken(string kind, string replicas) =>
        Assert.Null(Admission.Create(Samples.Read(Samples.Yaml(kind, replicas))).Error);

    [Theory]
    [InlineData(
        "TFJob",
        "Chief=1 Master=1",
        "spec.tfReplicaSpecs: Forbidden: must not have more than 1 Chief or Master role"
    )]
    [InlineData(
        "TFJob",
        "Worker=-1",
        "spec.tfReplicaSpecs[Worker].replicas: Invalid value: -1: must be greater than or equal to 0"
    )]
    [InlineData("TFJob", "Worker=0", "spec.tfReplicaSpecs: Required value: must have at least one replica")]
    [InlineData(
        "TFJob",
        "Worker=10001",
        "spec.tfReplicaSpecs: Invalid value: 10001: must have no more than 10000 replicas in all"
    )]
    [InlineData(
        "TFJob",
        "Under_score=1",
        "spec.tfReplicaSpecs[Under_score]: Invalid value: \"Under_score\": must be letters, digits and '-' that a host name can have"
    )]
    [InlineData("PyTorchJob", "Master=2", "spec.pytorchReplicaSpecs[Master].replicas: Forbidden: must be 1")]
    [InlineData("PyTorchJob", "Master=0 Worker=1", "spec.pytorchReplicaSpecs[Master].replicas: Forbidden: must be 1")]
    [InlineData("PyTorchJob", "Master=", "spec.pytorchReplicaSpecs[Master].replicas: Forbidden: must be 1")]
    [InlineData(
        "PyTorchJob",
        "Master=1 Worker=0",
        "spec.pytorchReplicaSpecs[Worker].replicas: Forbidden: must be at least 1"
    )]
    [InlineData(
        "PyTorchJob",
        "Chief=1",
        "spec.pytorchReplicaSpecs[Chief]: Unsupported value: \"Chief\": supported values: \"Master\", \"Worker\""
    )]
    [InlineData("XGBoostJob", "Worker=1", "spec.xgbReplicaSpecs[Master]: Required value: must be present")]
    [InlineData("XGBoostJob", "Master=2", "spec.xgbReplicaSpecs[Master].replicas: Forbidden: must be 1")]
    [InlineData("XGBoostJob", "Master=", "spec.xgbReplicaSpecs[Master].replicas: Forbidden: must be 1")]
    [InlineData(
        "XGBoostJob",
        "Master=1 PS=1",
        "spec.xgbReplicaSpecs[PS]: Unsupported value: \"PS\": supported values: \"Master\", \"Worker\""
    )]
    [InlineData(
        "PaddleJob",
        "PS=1",
        "spec.paddleReplicaSpecs[PS]: Unsupported value: \"PS\": supported values: \"Master\", \"Worker\""
    )]
    [InlineData(
        "JAXJob",
        "Master=1",
        "spec.jaxReplicaSpecs[Master]: Unsupported value: \"Master\": supported values: \"Worker\""
    )]
    [InlineData("MPIJob", "Worker=1", "spec.mpiReplicaSpecs[Launcher]: Required value: must be present")]
    [InlineData("MPIJob", "Launcher=2", "spec.mpiReplicaSpecs[Launcher].replicas: Forbidden: must be 1")]
    [InlineData(
        "MPIJob",
        "Launcher=1 Master=1",
        "spec.mpiReplicaSpecs[Master]: Unsupported value: \"Master\": supported values: \"Launcher\", \"Worker\""
    )]
    public void Replicas_that_the_kind_does_not_have_are_refused(string kind, string replicas, string message) =>
        Refused(Samples.Yaml(kind, replicas), message);

    [Theory]
    [InlineData("TFJob", "tfReplicaSpecs", "tensorflow")]
    [InlineData("PyTorchJob", "pytorchReplicaSpecs", "pytorch")]
    [InlineData("XGBoostJob", "xgbReplicaSpecs", "xgboost")]
    [InlineData("PaddleJob", "paddleReplicaSpecs", "paddle")]
    [InlineData("JAXJob", "jaxReplicaSpecs", "jax")]
    [InlineData("MPIJob", "mpiReplicaSpecs", null)]
    public void Each_kind_asks_for_its_containers(string kind, string field, string? container)
    {
        var master = kind switch
        {
            "MPIJob" => "Launcher",
            "XGBoostJob" => "Master",
            _ => "Worker",
        };
        var path = $"spec.{field}[{master}].template.spec.containers";
        var named = container is null
            ? ""
            : $"{path}: Required value: must have at least one container with name {container}";
        Refused(
            $"apiVersion: kubeflow.org/v1\nkind: {kind}\nmetadata: {{name: job}}\nspec: {{}}",
            $"spec.{field}: Required value: must be required"
        );
        Refused(Job(kind, field, master, "{}"), Sum($"{path}: Required value: must be specified", named));
        Refused(
            Job(kind, field, master, "{containers: [{name: other}]}"),
            Sum($"{path}[0].image: Required value: must be required", named)
        );
        if (container is not null)
        {
            Refused(Job(kind, field, master, "{containers: [{name: other, image: i}]}"), named);
        }
    }

    [Theory]
    [InlineData("0-name", $"should match: {label}")]
    [InlineData("tf.job", $"should match: {label}")]
    [InlineData("Upper", $"should match: {label}")]
    [InlineData("ends-", $"should match: {label}")]
    [InlineData("under_score", $"should match: {label}")]
    [InlineData(
        "a123456789a123456789a123456789a123456789a123456789a123456789a123",
        "should match: must be no more than 63 characters"
    )]
    [InlineData(
        "a123456789a123456789a123456789a123456789a123456789a1234567",
        "must leave room for its replicas' names: a123456789a123456789a123456789a123456789a123456789a1234567-worker-0 has 67 characters, a host name no more than 63"
    )]
    public void A_name_that_is_no_host_name_is_refused(string name, string message) =>
        Refused(
            Samples.Yaml("TFJob", "Worker=1").Replace("name: job", $"name: {name}", StringComparison.Ordinal),
            $"metadata.name: Invalid value: \"{name}\": {message}"
        );

    [Theory]
    [InlineData(
        "TFJob",
        "runPolicy: {managedBy: somebody}",
        "spec.runPolicy.managedBy: Unsupported value: \"somebody\": supported values: \"kubeflow.org/training-operator\", \"kueue.x-k8s.io/multikueue\""
    )]
    [InlineData(
        "TFJob",
        "runPolicy: {backoffLimit: -1}",
        "spec.runPolicy.backoffLimit: Invalid value: -1: must be greater than or equal to 0"
    )]
    [InlineData(
        "PyTorchJob",
        "nprocPerNode: some",
        "spec.nprocPerNode: Invalid value: \"some\": must be auto, cpu, gpu or a number above 0"
    )]
    [InlineData(
        "PyTorchJob",
        "nprocPerNode: '2'\nelasticPolicy: {nProcPerNode: 2}",
        "spec.elasticPolicy.nProcPerNode: Forbidden: must not be used with spec.nprocPerNode"
    )]
    [InlineData(
        "PyTorchJob",
        "elasticPolicy: {rdzvBackend: magic}",
        "spec.elasticPolicy.rdzvBackend: Unsupported value: \"magic\": supported values: \"c10d\", \"etcd\", \"etcd-v2\""
    )]
    [InlineData(
        "PyTorchJob",
        "elasticPolicy: {minReplicas: 3, maxReplicas: 2}",
        "spec.elasticPolicy.maxReplicas: Invalid value: 2: must not be less than minReplicas"
    )]
    public void Policies_that_cannot_be_followed_are_refused(string kind, string spec, string message) =>
        Refused(Samples.Yaml(kind, "Worker=1", spec), message);

    [Fact]
    public void An_elastic_job_needs_workers() =>
        Refused(
            Samples.Yaml("PyTorchJob", "Master=1", "elasticPolicy: {minReplicas: 1}"),
            "spec.pytorchReplicaSpecs[Worker]: Required value: must be configured if elastic policy is used"
        );

    [Fact]
    public void Two_spellings_of_a_type_are_refused() =>
        Refused(
            Samples.Yaml("TFJob", "Worker=1 worker=1"),
            "spec.tfReplicaSpecs[worker]: Forbidden: must not be there in another spelling, too"
        );

    [Fact]
    public void Who_manages_a_job_and_its_queue_cannot_be_changed()
    {
        var before = Samples.Admitted("PyTorchJob", "Master=1", "runPolicy: {schedulingPolicy: {queue: a}}");
        var after = Samples.Read(
            Samples.Yaml(
                "PyTorchJob",
                "Master=1",
                "runPolicy: {managedBy: kueue.x-k8s.io/multikueue, schedulingPolicy: {queue: b}}"
            )
        );
        Assert.Equal(
            "PyTorchJob.kubeflow.org \"job\" is invalid: [spec.runPolicy.managedBy: Invalid value: \"kueue.x-k8s.io/multikueue\": field is immutable, "
                + "spec.runPolicy.schedulingPolicy.queue: Invalid value: \"b\": spec.runPolicy.schedulingPolicy.queue is immutable]",
            Admission.Update(before, after).Error!.Message
        );
        Assert.True(
            Admission
                .Update(
                    before,
                    Samples.Read(
                        Samples.Yaml("PyTorchJob", "Master=1 Worker=4", "runPolicy: {schedulingPolicy: {queue: a}}")
                    )
                )
                .IsOk
        );
    }

    [Fact]
    public void What_is_better_said_otherwise_is_named()
    {
        var job = Samples.Read(
            Samples.Yaml("PyTorchJob", "Worker=1", "elasticPolicy: {nProcPerNode: 2}", "  restartPolicy: Never")
        );
        Assert.Equal(
            [
                "spec.elasticPolicy.nProcPerNode is deprecated, use spec.nprocPerNode instead",
                "SetPodTemplateRestartPolicy: spec.pytorchReplicaSpecs[Worker].template.spec.restartPolicy is overwritten by the replica's restartPolicy",
            ],
            Admission.Create(job).Value.Warnings
        );
    }

    private static void Refused(string yaml, string message)
    {
        var job = Samples.Read(yaml);
        Assert.Equal(
            $"{job.Kind}.kubeflow.org \"{job.Name}\" is invalid: {message}",
            Admission.Create(job).Error?.Message
        );
    }

    private static string Sum(string one, string other) => other.Length == 0 ? one : $"[{one}, {other}]";

    private static string Job(string kind, string field, string type, string pod) =>
        $"apiVersion: kubeflow.org/v1\nkind: {kind}\nmetadata: {{name: job}}\nspec:\n  {field}:\n    {type}: {{replicas: 1, template: {{spec: {pod}}}}}\n";
}
