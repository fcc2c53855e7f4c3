using Braid.TrainingJobs.Defaults;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests.Defaults;

public sealed class JobDefaultsTests
{
    [Theory]
    [InlineData("TFJob", "Worker", "tfjob-port", 2222, RestartPolicy.Never)]
    [InlineData("PyTorchJob", "Worker", "pytorchjob-port", 23456, RestartPolicy.OnFailure)]
    [InlineData("XGBoostJob", "Worker", "xgboostjob-port", 9999, RestartPolicy.Never)]
    [InlineData("PaddleJob", "Worker", "master", 36543, RestartPolicy.OnFailure)]
    [InlineData("JAXJob", "Worker", "jaxjob-port", 6666, RestartPolicy.Never)]
    public void Each_kind_has_its_port_and_restart_policy(
        string kind,
        string type,
        string port,
        int number,
        RestartPolicy policy
    )
    {
        var spec = Complete(kind, $"{type}=1").Spec.ReplicaSpecs![type];
        var container = Assert.Single(spec.Template.Spec.Containers);
        Assert.Equal((port, number), (container.Ports[0].Name, container.Ports[0].Number));
        Assert.Equal(policy, spec.RestartPolicy);
    }

    [Fact]
    public void Replicas_default_to_one_and_workers_of_an_MPI_job_to_none()
    {
        Assert.Equal(1, Complete("TFJob", "Worker=").Spec.ReplicaSpecs!["Worker"].Replicas);
        var mpi = Complete("MPIJob", "Launcher= Worker=");
        Assert.Equal((1, 0), (mpi.CountOf("Launcher"), mpi.CountOf("Worker")));
        Assert.Equal((1, RestartPolicy.Never), (mpi.Spec.SlotsPerWorker, mpi.RestartPolicyOf("Launcher")));
        Assert.Empty(mpi.Spec.ReplicaSpecs!["Launcher"].Template.Spec.Containers[0].Ports);
    }

    [Fact]
    public void A_named_port_is_left_as_it_is()
    {
        var job = Complete(
            "TFJob",
            "Worker=1",
            "      ports: [{name: tfjob-port, containerPort: 3333}, {name: web, containerPort: 80}]"
        );
        Assert.Equal(
            [3333, 80],
            job.Spec.ReplicaSpecs!["Worker"].Template.Spec.Containers[0].Ports.Select(port => port.Number)
        );
        Assert.Equal(3333, JobReplicas.PortOf(job, "Worker"));
    }

    [Theory]
    [InlineData("TFJob", "pS=1 WORKER=1 chief=1", "Chief PS Worker")]
    [InlineData("PyTorchJob", "master=1 WORKER=1", "Master Worker")]
    [InlineData("JAXJob", "worker=1", "Worker")]
    [InlineData("TFJob", "Sidecar=1 worker=1", "Worker Sidecar")]
    public void Types_are_spelled_as_the_kind_spells_them(string kind, string given, string expected) =>
        Assert.Equal(expected.Split(' '), Complete(kind, given).OrderedSpecs().Select(spec => spec.Key));

    [Theory]
    [InlineData("{minReplicas: 1}", 1, 1)]
    [InlineData("{maxReplicas: 4}", 4, 4)]
    [InlineData("{minReplicas: 1, maxReplicas: 4}", 1, 4)]
    [InlineData("{}", 3, 3)]
    public void Elastic_bounds_default_to_each_other_or_to_the_workers(string policy, int min, int max)
    {
        var elastic = Samples.Read(Samples.Yaml("PyTorchJob", "Worker=3", $"elasticPolicy: {policy}"));
        var completed = JobDefaults.Complete(elastic).Spec.ElasticPolicy!;
        Assert.Equal((min, max), (completed.MinReplicas, completed.MaxReplicas));
    }

    [Theory]
    [InlineData("", "auto")]
    [InlineData("nprocPerNode: '4'", "4")]
    [InlineData("elasticPolicy: {minReplicas: 1}", "auto")]
    [InlineData("elasticPolicy: {nProcPerNode: 2}", null)]
    public void Processes_per_node_default_to_auto_unless_the_older_field_says_them(string spec, string? expected) =>
        Assert.Equal(
            expected,
            JobDefaults.Complete(Samples.Read(Samples.Yaml("PyTorchJob", "Worker=1", spec))).Spec.NprocPerNode
        );

    [Fact]
    public void Nothing_is_cleaned_up_unless_either_place_says_so()
    {
        Assert.Equal(CleanPodPolicy.None, Complete("TFJob", "Worker=1").Spec.RunPolicy.CleanPodPolicy);
        var mpi = JobDefaults.Complete(Samples.Read(Samples.Yaml("MPIJob", "Launcher=1", "cleanPodPolicy: All")));
        Assert.Equal(
            (CleanPodPolicy.All, CleanPodPolicy.All),
            (mpi.Spec.RunPolicy.CleanPodPolicy, mpi.Spec.CleanPodPolicy)
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Completing_twice_changes_nothing(string kind, string replicas)
    {
        var once = Complete(kind, replicas);
        Assert.Equal(ManifestWriter.ToYaml(once), ManifestWriter.ToYaml(JobDefaults.Complete(once)));
    }

    public static TheoryData<string, string> Kinds =>
        new()
        {
            { "TFJob", "chief= PS=2 worker=3" },
            { "PyTorchJob", "Master=1 worker=3" },
            { "MPIJob", "Launcher= Worker=" },
            { "XGBoostJob", "Master=1 Worker=" },
            { "PaddleJob", "worker=2" },
            { "JAXJob", "worker=2" },
        };

    private static TrainingJob Complete(string kind, string replicas, string template = "") =>
        JobDefaults.Complete(Samples.Read(Samples.Yaml(kind, replicas, template: template)));
}
