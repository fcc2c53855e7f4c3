using Braid.TrainingJobs.Environments;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests.Environments;

public sealed class AddressPlanTests
{
    [Fact]
    public void On_one_machine_names_stay_and_each_replica_has_a_loopback_address()
    {
        var job = Samples.Admitted("PyTorchJob", "Master=1 Worker=1");
        var plan = AddressPlan.Loopback(job);
        Assert.Equal(
            "127.0.0.1 localhost\n127.0.1.1 job-master-0.ns.svc job-master-0.ns job-master-0\n127.0.1.2 job-worker-0.ns.svc job-worker-0.ns job-worker-0\n",
            plan.HostsFile
        );
        Assert.Equal(new("job-worker-0.ns.svc", "job-worker-0", 23456, "127.0.1.2"), plan[new("Worker", 0)]);
    }

    [Fact]
    public void Jobs_side_by_side_have_addresses_of_their_own()
    {
        var job = Samples.Admitted("JAXJob", "Worker=300");
        var plan = AddressPlan.Loopback(job, offset: 200);
        Assert.Equal(("127.0.1.201", "127.0.2.244"), (plan[new("Worker", 0)].Ip, plan[new("Worker", 299)].Ip));
        Assert.Throws<ArgumentOutOfRangeException>(() => AddressPlan.Loopback(job, 1 << 24));
    }

    [Fact]
    public void On_one_machine_without_names_each_replica_has_a_port()
    {
        var job = Samples.Admitted("TFJob", "PS=1 Worker=1");
        var plan = AddressPlan.Ports(job, id => id.Type == "PS" ? 4000 : 5000);
        var pod = ReplicaPods.Of(job, new("Worker", 0), plan);
        Assert.Equal(
            """{"cluster":{"ps":["127.0.0.1:4000"],"worker":["127.0.0.1:5000"]},"task":{"type":"worker","index":0},"environment":"cloud"}""",
            Assert.Single(pod.Template.Spec.Containers[0].Env).Value
        );
        Assert.Equal("", pod.HostsFile);
    }

    [Fact]
    public void On_one_machine_Paddle_knows_its_own_address()
    {
        var job = Samples.Admitted("PaddleJob", "Worker=1");
        var pod = ReplicaPods.Of(job, new("Worker", 0), AddressPlan.Loopback(job));
        var values = EnvironmentTexts.Resolve(pod.Template.Spec.Containers[0].Env, _ => null);
        Assert.Equal("127.0.1.1:36543", values["PADDLE_MASTER"]);
    }

    [Fact]
    public void A_replica_that_the_job_does_not_have_has_no_address() =>
        Assert.Throws<ArgumentException>(() =>
            AddressPlan.Cluster(Samples.Admitted("JAXJob", "Worker=1"))[new ReplicaId("Worker", 1)]
        );
}
