using Braid.TrainingJobs.Environments;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Tests.Environments;

public sealed class PeerEnvironmentTests
{
    [Fact]
    public void TF_CONFIG_names_all_replicas_and_which_one_it_is() =>
        Assert.Equal(
            """TF_CONFIG={"cluster":{"ps":["mnist-ps-0.research.svc:2222","mnist-ps-1.research.svc:2222"],"worker":["mnist-worker-0.research.svc:2222","mnist-worker-1.research.svc:2222"]},"task":{"type":"worker","index":1},"environment":"cloud"}""",
            Variables(Samples.Admitted(Samples.Mnist), "Worker-1")
        );

    [Fact]
    public void TF_CONFIG_has_the_chief_and_evaluators_and_the_ports_that_the_types_name()
    {
        var job = Samples.Admitted(
            Samples
                .Yaml("TFJob", "Evaluator=1 Chief=1 Worker=1")
                .Replace(
                    "name: tensorflow",
                    "name: tensorflow\n              ports: [{name: tfjob-port, containerPort: 80}]",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(
            """TF_CONFIG={"cluster":{"chief":["job-chief-0.ns.svc:80"],"evaluator":["job-evaluator-0.ns.svc:80"],"worker":["job-worker-0.ns.svc:80"]},"task":{"type":"chief","index":0},"environment":"cloud"}""",
            Variables(job, "Chief-0")
        );
    }

    [Fact]
    public void TF_CONFIG_ends_with_the_clusters_domain_where_there_is_one() =>
        Assert.Contains(
            "job-worker-0.ns.svc.cluster.local:2222",
            Variables(
                Samples.Admitted("TFJob", "Worker=2"),
                "Worker-0",
                job => AddressPlan.Cluster(job, "cluster.local")
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "Worker-1",
        """{"cluster":{"worker":{"1":"job-worker-1.ns.svc:2222"},"ps":["job-ps-0.ns.svc:2222","job-ps-1.ns.svc:2222"]},"task":{"type":"worker","index":1}}"""
    )]
    [InlineData("PS-1", """{"cluster":{"worker":{},"ps":["job-ps-1.ns.svc:2222"]},"task":{"type":"ps","index":1}}""")]
    public void Dynamic_workers_see_themselves_and_the_parameter_servers(string id, string config) =>
        Assert.Equal(
            $"TF_CONFIG={config}",
            Variables(Samples.Admitted("TFJob", "PS=2 Worker=2", "enableDynamicWorker: true"), id)
        );

    [Fact]
    public void A_single_replica_needs_no_TF_CONFIG_and_other_containers_get_none()
    {
        Assert.Equal("", Variables(Samples.Admitted("TFJob", "Worker=1"), "Worker-0"));
        var job = Samples.Admitted("TFJob", "Worker=2", template: "    - {name: side, image: i}");
        var pod = ReplicaPods.Of(job, new("Worker", 0), AddressPlan.Cluster(job));
        Assert.Equal([1, 0], pod.Template.Spec.Containers.Select(container => container.Env.Count));
    }

    [Theory]
    [InlineData("Master-0", 0)]
    [InlineData("Worker-1", 2)]
    public void PyTorch_has_a_master_and_ranks(string id, int rank) =>
        Assert.Equal(
            $"PYTHONUNBUFFERED=1 MASTER_PORT=23456 PET_MASTER_PORT=23456 MASTER_ADDR=job-master-0 PET_MASTER_ADDR=job-master-0 WORLD_SIZE=6 RANK={rank} PET_NODE_RANK={rank} PET_NPROC_PER_NODE=2 PET_NNODES=3",
            Variables(Samples.Admitted("PyTorchJob", "Master=1 Worker=2", "nprocPerNode: '2'"), id)
        );

    [Fact]
    public void PyTorch_without_a_master_is_left_to_torchrun() =>
        Assert.Equal(
            "PYTHONUNBUFFERED=1 PET_NPROC_PER_NODE=auto PET_NNODES=2",
            Variables(Samples.Admitted("PyTorchJob", "Worker=2"), "Worker-1")
        );

    [Theory]
    [InlineData(
        "minReplicas: 1, maxReplicas: 3",
        "PET_NPROC_PER_NODE=auto PET_RDZV_ENDPOINT=job-worker-0:23456 PET_RDZV_BACKEND=c10d PET_NNODES=1:3"
    )]
    [InlineData(
        "maxRestarts: 100, nProcPerNode: 4, rdzvBackend: etcd, rdzvHost: host, rdzvPort: 99, rdzvId: ours, rdzvConf: [{key: a, value: b}, {key: c, value: d}], standalone: true",
        "PET_RDZV_ENDPOINT=host:99 PET_RDZV_BACKEND=etcd PET_NNODES=2:2 PET_MAX_RESTARTS=100 PET_NPROC_PER_NODE=4 PET_RDZV_ID=ours PET_RDZV_CONF=a=b,c=d PET_STANDALONE="
    )]
    public void Elastic_PyTorch_meets_at_the_first_worker(string policy, string expected) =>
        Assert.Equal(
            $"PYTHONUNBUFFERED=1 {expected}",
            Variables(Samples.Admitted("PyTorchJob", "Worker=2", $"elasticPolicy: {{{policy}}}"), "Worker-0")
        );

    [Theory]
    [InlineData(
        "Master=1 Worker=2",
        "Worker-1",
        "MASTER_PORT=9999 MASTER_ADDR=job-master-0 WORLD_SIZE=3 RANK=2 PYTHONUNBUFFERED=1 WORKER_PORT=9999 WORKER_ADDRS=job-worker-0,job-worker-1"
    )]
    [InlineData(
        "Master=1",
        "Master-0",
        "MASTER_PORT=9999 MASTER_ADDR=job-master-0 WORLD_SIZE=1 RANK=0 PYTHONUNBUFFERED=1"
    )]
    public void XGBoost_has_a_tracker_and_workers(string replicas, string id, string expected) =>
        Assert.Equal(expected, Variables(Samples.Admitted("XGBoostJob", replicas), id));

    [Fact]
    public void JAX_has_a_coordinator() =>
        Assert.Equal(
            "PYTHONUNBUFFERED=1 COORDINATOR_PORT=6666 COORDINATOR_ADDRESS=job-worker-0 NUM_PROCESSES=3 PROCESS_ID=2",
            Variables(Samples.Admitted("JAXJob", "Worker=3"), "Worker-2")
        );

    [Theory]
    [InlineData("Worker=2", "Worker-0", "POD_IP_DUMMY=<status.podIP> PADDLE_MASTER=$(POD_IP_DUMMY):36543")]
    [InlineData("Worker=2", "Worker-1", "PADDLE_MASTER=job-worker-0:36543")]
    [InlineData(
        "Master=1 Worker=1",
        "Master-0",
        "POD_IP_DUMMY=<status.podIP> PADDLE_MASTER=$(POD_IP_DUMMY):36543 PADDLE_SERVER_NUM=1"
    )]
    [InlineData("Master=1 Worker=1", "Worker-0", "PADDLE_MASTER=job-master-0:36543 PADDLE_TRAINER_NUM=1")]
    public void Paddle_has_peers_or_servers_and_trainers(string replicas, string id, string expected) =>
        Assert.Equal(
            $"PYTHONUNBUFFERED=1 PADDLE_JOB_ID=job PADDLE_NNODES=2 {expected}",
            Variables(Samples.Admitted("PaddleJob", replicas), id)
        );

    [Theory]
    [InlineData(
        "",
        "OMPI_MCA_plm_rsh_agent=/etc/mpi/kubexec.sh OMPI_MCA_orte_default_hostfile=/etc/mpi/hostfile I_MPI_HYDRA_BOOTSTRAP=rsh I_MPI_HYDRA_BOOTSTRAP_EXEC=/etc/mpi/kubexec.sh NVIDIA_VISIBLE_DEVICES="
    )]
    [InlineData(
        "      env: [{name: I_MPI_HYDRA_BOOTSTRAP, value: ssh}]\n      resources: {limits: {nvidia.com/gpu: 1}}",
        "OMPI_MCA_plm_rsh_agent=/etc/mpi/kubexec.sh OMPI_MCA_orte_default_hostfile=/etc/mpi/hostfile I_MPI_HYDRA_BOOTSTRAP_EXEC=/etc/mpi/kubexec.sh"
    )]
    public void An_MPI_launcher_knows_its_hosts_and_its_shell(string template, string expected)
    {
        var job = Samples.Admitted("MPIJob", "Launcher=1 Worker=2", template: template);
        Assert.Equal(expected, Variables(job, "Launcher-0"));
        Assert.Equal("", Variables(job, "Worker-0"));
    }

    private static string Variables(TrainingJob job, string id, Func<TrainingJob, AddressPlan>? plan = null) =>
        string.Join(
            ' ',
            PeerEnvironment
                .Of(job, Samples.Id(id), (plan ?? (each => AddressPlan.Cluster(each)))(job))
                .Variables.Select(variable =>
                    $"{variable.Name}={(variable.ValueFrom is { } from ? $"<{from.FieldRef!.FieldPath}>" : variable.Value)}"
                )
        );
}
