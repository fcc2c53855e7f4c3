using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests.Replicas;

public sealed class JobReplicasTests
{
    [Theory]
    [InlineData("TFJob", "Worker=2 PS=1", "job-ps-0 job-worker-0* job-worker-1")]
    [InlineData("TFJob", "Worker=1 Chief=1 Evaluator=1", "job-chief-0* job-evaluator-0 job-worker-0")]
    [InlineData("PyTorchJob", "Worker=2 Master=1", "job-master-0* job-worker-0 job-worker-1")]
    [InlineData("PyTorchJob", "Worker=2", "job-worker-0* job-worker-1")]
    [InlineData("MPIJob", "Worker=2 Launcher=1", "job-launcher* job-worker-0 job-worker-1")]
    [InlineData("JAXJob", "Worker=1", "job-worker-0*")]
    public void Replicas_are_named_by_job_type_and_index_and_one_is_the_master(
        string kind,
        string replicas,
        string expected
    ) =>
        Assert.Equal(
            expected.Split(' '),
            JobReplicas
                .Of(Samples.Admitted(kind, replicas))
                .Select(replica => replica.Name + (replica.IsMaster ? "*" : ""))
        );

    [Fact]
    public void A_replica_has_the_labels_of_its_template_and_those_that_find_it()
    {
        var job = Samples.Admitted(
            Samples
                .Yaml("PyTorchJob", "Master=1")
                .Replace(
                    "        spec:",
                    "        metadata: {labels: {app: x, training.kubeflow.org/job-name: forged}}\n        spec:",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(
            [
                "app=x",
                "training.kubeflow.org/job-name=job",
                "training.kubeflow.org/job-role=master",
                "training.kubeflow.org/operator-name=pytorchjob-controller",
                "training.kubeflow.org/replica-index=0",
                "training.kubeflow.org/replica-type=master",
            ],
            JobReplicas.Of(job)[0].Labels.Select(label => $"{label.Key}={label.Value}")
        );
    }

    [Theory]
    [InlineData("Always", "Always")]
    [InlineData("OnFailure", "OnFailure")]
    [InlineData("Never", "Never")]
    [InlineData("ExitCode", "Never")]
    public void A_pod_is_never_restarted_for_its_exit_code_by_its_machine(string policy, string pod)
    {
        var yaml = Samples
            .Yaml("TFJob", "Worker=1")
            .Replace("replicas: 1", $"replicas: 1\n      restartPolicy: {policy}", StringComparison.Ordinal);
        Assert.Equal(pod, JobReplicas.Of(Samples.Admitted(yaml))[0].PodRestartPolicy);
    }

    [Fact]
    public void An_MPI_job_counts_the_exit_code_of_its_first_container()
    {
        var job = Samples.Admitted("MPIJob", "Launcher=1", template: "    - {name: second, image: i}");
        Assert.Equal("mpi", JobReplicas.Of(job)[0].Main.Name);
        Assert.Equal(RestartPolicy.Never, JobReplicas.Of(job)[0].RestartPolicy);
    }
}
