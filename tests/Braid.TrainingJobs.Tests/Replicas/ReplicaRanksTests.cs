using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Tests.Replicas;

public sealed class ReplicaRanksTests
{
    [Theory]
    [InlineData("TFJob", "Chief=1 PS=1 Worker=2", "", "chief-0=0 ps-0= worker-0=1 worker-1=2")]
    [InlineData("TFJob", "Evaluator=1 Worker=2", "", "evaluator-0= worker-0=0 worker-1=1")]
    [InlineData("PyTorchJob", "Master=1 Worker=2", "", "master-0=0 worker-0=1 worker-1=2")]
    [InlineData("PyTorchJob", "Worker=2", "elasticPolicy: {minReplicas: 1}", "worker-0= worker-1=")]
    [InlineData("XGBoostJob", "Master=1 Worker=1", "", "master-0=0 worker-0=1")]
    [InlineData("JAXJob", "Worker=2", "", "worker-0=0 worker-1=1")]
    [InlineData("MPIJob", "Launcher=1 Worker=1", "", "launcher-0= worker-0=")]
    [InlineData("PaddleJob", "Worker=1", "", "worker-0=")]
    public void The_chief_is_first_and_who_numbers_itself_has_no_rank(
        string kind,
        string replicas,
        string spec,
        string ranks
    )
    {
        var job = Samples.Admitted(kind, replicas, spec);
        Assert.Equal(ranks, string.Join(' ', job.ReplicaIds().Select(id => $"{id}={ReplicaRanks.Of(job, id)}")));
    }
}
