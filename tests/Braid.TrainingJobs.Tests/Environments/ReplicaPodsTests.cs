using Braid.TrainingJobs.Environments;

namespace Braid.TrainingJobs.Tests.Environments;

public sealed class ReplicaPodsTests
{
    [Fact]
    public void MPI_files_in_a_cluster_go_through_kubectl()
    {
        var job = Samples.Admitted("MPIJob", "Launcher=1 Worker=2", "slotsPerWorker: 4\nmainContainer: mpi");
        var files = MpiFiles
            .Of(job, [new("Worker", 1), new("Worker", 0)], AddressPlan.Cluster(job))
            .ToDictionary(file => file.Path);
        Assert.Equal("job-worker-0 slots=4\njob-worker-1 slots=4\n", files["/etc/mpi/hostfile"].Content);
        Assert.Equal(
            "#!/bin/sh\nset -x\nPOD_NAME=$1\nshift\n/opt/kube/kubectl exec ${POD_NAME} --container mpi -- /bin/sh -c \"$*\"",
            files["/etc/mpi/kubexec.sh"].Content
        );
        Assert.Equal(
            "#!/bin/sh\necho job-worker-0:4\necho job-worker-1:4",
            files["/etc/mpi/discover_hosts.sh"].Content
        );
        Assert.Equal([0x124, 0x16D, 0x16D], files.Values.Select(file => file.Mode));
    }

    [Fact]
    public void An_MPI_launcher_with_a_GPU_takes_part()
    {
        var job = Samples.Admitted(
            "MPIJob",
            "Launcher=1 Worker=1",
            template: "      resources: {limits: {nvidia.com/gpu: 1}}"
        );
        var files = MpiFiles.Of(job, [], AddressPlan.Cluster(job)).ToDictionary(file => file.Path);
        Assert.Equal("job-launcher slots=1\njob-worker-0 slots=1\n", files["/etc/mpi/hostfile"].Content);
        Assert.Equal("#!/bin/sh\necho job-launcher:1\n", files["/etc/mpi/discover_hosts.sh"].Content);
    }

    [Fact]
    public void MPI_workers_wait_and_on_one_machine_the_shell_is_a_shell()
    {
        var job = Samples.Admitted("MPIJob", "Launcher=1 Worker=1");
        var worker = ReplicaPods.Of(job, new("Worker", 0), AddressPlan.Loopback(job));
        var launcher = ReplicaPods.Of(job, new("Launcher", 0), AddressPlan.Loopback(job));
        Assert.Equal(
            ["sleep", "365d"],
            [.. worker.Template.Spec.Containers[0].Command, .. worker.Template.Spec.Containers[0].Args]
        );
        Assert.Equal("#!/bin/sh\nshift\nexec /bin/sh -c \"$*\"\n", Assert.Single(worker.Files).Content);
        Assert.Equal(
            ["/etc/mpi/hostfile", "/etc/mpi/kubexec.sh", "/etc/mpi/discover_hosts.sh"],
            launcher.Files.Select(file => file.Path)
        );
        Assert.Empty(launcher.Template.Spec.InitContainers);
    }

    [Fact]
    public void In_a_cluster_an_MPI_launcher_gets_kubectl_and_the_jobs_config_map()
    {
        var job = Samples.Admitted("MPIJob", "Launcher=1 Worker=1");
        var pod = ReplicaPods.Of(job, new("Launcher", 0), AddressPlan.Cluster(job));
        Assert.Equal("kubectl-delivery", Assert.Single(pod.Template.Spec.InitContainers).Name);
        Assert.Equal("job-config", pod.Template.Spec.Volumes[0].ConfigMap!.Name);
        Assert.Equal(
            ["/etc/mpi", "/opt/kube"],
            pod.Template.Spec.Containers[0].VolumeMounts.Select(mount => mount.MountPath)
        );
        Assert.Empty(pod.Files);
    }

    [Fact]
    public void PyTorch_workers_in_a_cluster_wait_for_the_masters_name()
    {
        var job = Samples.Admitted("PyTorchJob", "Master=1 Worker=1");
        var cluster = AddressPlan.Cluster(job);
        Assert.Contains(
            "nslookup job-master-0;",
            ReplicaPods.Of(job, new("Worker", 0), cluster).Template.Spec.InitContainers[0].Command[2],
            StringComparison.Ordinal
        );
        Assert.Empty(ReplicaPods.Of(job, new("Master", 0), cluster).Template.Spec.InitContainers);
        Assert.Empty(ReplicaPods.Of(job, new("Worker", 0), AddressPlan.Loopback(job)).Template.Spec.InitContainers);
    }

    [Fact]
    public void A_pod_has_its_labels_and_policy_and_the_jobs_variables_after_its_own()
    {
        var job = Samples.Admitted("JAXJob", "Worker=1", template: "      env: [{name: OURS, value: x}]");
        var pod = ReplicaPods.Of(job, new("Worker", 0), AddressPlan.Cluster(job));
        Assert.Equal("OURS", pod.Template.Spec.Containers[0].Env[0].Name);
        Assert.Equal("Never", pod.Template.Spec.RestartPolicy);
        Assert.Equal("job", pod.Template.Metadata.Labels["training.kubeflow.org/job-name"]);
    }

    [Theory]
    [InlineData("$(A)-$(B)", "1-$(B)")]
    [InlineData("$$(A) $$$(A)", "$(A) $1")]
    [InlineData("$ $( $(A", "$ $( $(A")]
    [InlineData("cost: 5$", "cost: 5$")]
    public void References_stand_for_variables_before_them(string value, string expected) =>
        Assert.Equal(expected, EnvironmentTexts.Expand(value, new Dictionary<string, string> { ["A"] = "1" }));
}
