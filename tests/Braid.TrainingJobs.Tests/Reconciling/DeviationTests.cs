using Braid.TrainingJobs.Reconciling;

namespace Braid.TrainingJobs.Tests.Reconciling;

/// <summary>Where this system knowingly does otherwise than the training operator.</summary>
public sealed class DeviationTests
{
    private static readonly ReconcileOptions immediate = ReconcileOptions.Braid with
    {
        FirstRestartDelay = TimeSpan.Zero,
    };

    [Theory]
    [InlineData("PyTorchJob", "Master=1 Worker=2", "", "~master-0@1 ~worker-0@1 ~worker-1@1")]
    [InlineData("PyTorchJob", "Worker=2", "elasticPolicy: {minReplicas: 1}", "~worker-1@1")]
    [InlineData("PaddleJob", "Worker=2", "", "~worker-0@1 ~worker-1@1")]
    [InlineData("PaddleJob", "Master=1 Worker=2", "", "~worker-1@1")]
    public void The_whole_gang_restarts_when_its_replicas_depend_on_each_other(
        string kind,
        string replicas,
        string spec,
        string actions
    )
    {
        var job = Started(kind, replicas, spec);
        Assert.Equal(actions, job.Exit("Worker-1", 1).Step());
        Assert.Equal("", job.Step());
        Assert.Equal(1, job.Memory.Restarts);
    }

    [Fact]
    public void The_limit_counts_restarts_of_the_job_by_exit_code_too()
    {
        var yaml = Samples
            .Yaml("TFJob", "Worker=1", "runPolicy: {backoffLimit: 2}")
            .Replace("replicas: 1", "replicas: 1\n      restartPolicy: ExitCode", StringComparison.Ordinal);
        var job = new Simulation(Samples.Admitted(yaml), immediate);
        job.Step();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Assert.Equal($"~worker-0@{attempt}", job.Running().Exit("Worker-0", 137).Step());
        }

        Assert.Equal("-worker-0", job.Running().Exit("Worker-0", 137).Step());
        Assert.Equal(
            "Job job has failed because it has reached the specified backoff limit First failure: worker-0 exited with code 137.",
            job.LastMessage
        );
    }

    [Fact]
    public void A_job_that_failed_leaves_nothing_running_and_keeps_what_ended()
    {
        var job = Started("JAXJob", "Worker=3", "");
        job.Exit("Worker-1", 3).Step();
        Assert.Equal("-worker-0 -worker-2", job.Step());
        Assert.Equal("", job.Step());
    }

    [Fact]
    public void The_failure_that_came_first_is_named()
    {
        var job = Started("JAXJob", "Worker=3", "");
        job.Exit("Worker-2", 3);
        job.Now += TimeSpan.FromSeconds(5);
        job.Exit("Worker-0", 1).Step();
        Assert.Equal(
            "JAXJob job is failed because 2 Worker replica(s) failed. First failure: worker-2 exited with code 3.",
            job.LastMessage
        );
    }

    [Fact]
    public void Restarts_wait_longer_each_time()
    {
        var job = new Simulation("PyTorchJob", "Worker=1", options: ReconcileOptions.Braid);
        job.Step();
        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            Assert.Equal("", job.Running().Exit("Worker-0", 1).Step());
            Assert.Equal(job.Now.AddSeconds(seconds), job.Look().LookAgainAt);
            job.Now += TimeSpan.FromSeconds(seconds);
            Assert.StartsWith("~worker-0@", job.Step(), StringComparison.Ordinal);
        }
    }

    private static Simulation Started(string kind, string replicas, string spec)
    {
        var job = new Simulation(kind, replicas, spec, immediate);
        job.Step();
        job.Running().Step();
        return job;
    }
}
