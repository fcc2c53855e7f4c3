namespace Braid.TrainingJobs.Tests.Reconciling;

/// <summary>What the states of its replicas mean for a job of each kind, as the training operator sees it.</summary>
public sealed class OutcomeTests
{
    [Theory]
    [InlineData("TFJob", "PS=1 Worker=2", "TFJob ns/job is running.", "PS=1/0/0 Worker=2/0/0")]
    [InlineData("PyTorchJob", "Master=1 Worker=2", "PyTorchJob job is running.", "Master=1/0/0 Worker=2/0/0")]
    [InlineData("PyTorchJob", "Worker=2", "PyTorchJob ns/job is running.", "Worker=2/0/0")]
    [InlineData("PaddleJob", "Worker=2", "PaddleJob ns/job is running.", "Worker=2/0/0")]
    [InlineData("JAXJob", "Worker=2", "JAXJob ns/job is running.", "Worker=2/0/0")]
    [InlineData("XGBoostJob", "Master=1 Worker=1", "XGBoostJob job is running.", "Master=1/0/0 Worker=1/0/0")]
    [InlineData("MPIJob", "Launcher=1 Worker=2", "MPIJob ns/job is running.", "Launcher=1/0/0 Worker=2/0/0")]
    public void A_job_runs_when_its_replicas_do(string kind, string replicas, string message, string counts)
    {
        var job = new Simulation(kind, replicas);
        job.Step();
        job.Running().Step();
        Assert.Equal(("Created Running", message, counts), (job.Conditions, job.LastMessage, job.Counts));
        Assert.Equal(($"{kind}Running", job.Now), (job.Status.Conditions[^1].Reason, job.Status.StartTime));
        Assert.Equal($"{kind} job is created.", job.Status.Conditions[0].Message);
    }

    [Theory]
    [InlineData("TFJob", "Chief=1 Worker=2", "", "Chief-0", "TFJob ns/job successfully completed.")]
    [InlineData("TFJob", "Master=1 PS=2", "", "Master-0", "TFJob ns/job successfully completed.")]
    [InlineData("TFJob", "PS=1 Worker=2", "", "Worker-0", "TFJob ns/job successfully completed.")]
    [InlineData(
        "TFJob",
        "PS=1 Worker=2",
        "successPolicy: AllWorkers",
        "Worker-0 Worker-1",
        "TFJob ns/job successfully completed."
    )]
    [InlineData("PyTorchJob", "Master=1 Worker=2", "", "Master-0", "PyTorchJob job is successfully completed.")]
    [InlineData("PyTorchJob", "Worker=2", "", "Worker-0 Worker-1", "PyTorchJob ns/job successfully completed.")]
    [InlineData(
        "PyTorchJob",
        "Worker=2",
        "elasticPolicy: {minReplicas: 1}",
        "Worker-1",
        "PyTorchJob ns/job successfully completed."
    )]
    [InlineData("PaddleJob", "Master=1 Worker=1", "", "Master-0", "PaddleJob job is successfully completed.")]
    [InlineData("XGBoostJob", "Master=1 Worker=1", "", "Master-0", "XGBoostJob job is successfully completed.")]
    [InlineData("JAXJob", "Worker=2", "", "Worker-0 Worker-1", "JAXJob ns/job successfully completed.")]
    [InlineData("MPIJob", "Launcher=1 Worker=1", "", "Launcher-0", "MPIJob ns/job successfully completed.")]
    public void A_job_succeeds_when_those_that_decide_have(
        string kind,
        string replicas,
        string spec,
        string ended,
        string message
    )
    {
        var job = new Simulation(kind, replicas, spec);
        job.Step();
        job.Running().Step();
        foreach (var id in ended.Split(' '))
        {
            Assert.Equal("Created Running", job.Conditions);
            job.Exit(id, 0).Step();
        }

        Assert.Equal(("Created (Running) Succeeded", message), (job.Conditions, job.LastMessage));
        Assert.Equal(job.Now, job.Status.CompletionTime);
    }

    [Theory]
    [InlineData(
        "TFJob",
        "Chief=1 Worker=2",
        "Worker-1",
        1,
        "TFJob ns/job has failed because 1 Worker replica(s) failed."
    )]
    [InlineData("TFJob", "PS=1 Worker=2", "PS-0", 1, "TFJob ns/job has failed because 1 PS replica(s) failed.")]
    [InlineData(
        "XGBoostJob",
        "Master=1 Worker=1",
        "Worker-0",
        1,
        "XGBoostJob job is failed because 1 Worker replica(s) failed."
    )]
    [InlineData("JAXJob", "Worker=2", "Worker-1", 137, "JAXJob job is failed because 1 Worker replica(s) failed.")]
    [InlineData("MPIJob", "Launcher=1 Worker=1", "Launcher-0", 1, "MPIJob ns/job has failed")]
    public void A_job_whose_replicas_are_not_restarted_fails_with_one_of_them(
        string kind,
        string replicas,
        string id,
        int code,
        string message
    )
    {
        var job = new Simulation(kind, replicas);
        job.Step();
        job.Running().Step();
        job.Exit(id, code).Step();
        Assert.Equal(("Created (Running) Failed", message), (job.Conditions, job.LastMessage));
        Assert.Equal("", job.Step());
    }

    [Theory]
    [InlineData(
        "PyTorchJob",
        "Master=1 Worker=2",
        "Worker-1",
        "PyTorchJob",
        "~worker-1@1",
        "PyTorchJob job is restarting because 1 Worker replica(s) failed."
    )]
    [InlineData(
        "PaddleJob",
        "Worker=2",
        "Worker-0",
        "PaddleJob",
        "~worker-0@1",
        "PaddleJob job is restarting because 1 Worker replica(s) failed."
    )]
    public void A_job_whose_replicas_are_restarted_goes_on(
        string kind,
        string replicas,
        string id,
        string reason,
        string action,
        string message
    )
    {
        var job = new Simulation(kind, replicas);
        job.Step();
        job.Running().Step();
        Assert.Equal(action, job.Exit(id, 1).Step());
        Assert.Equal(
            ("Created Restarting", $"{reason}Restarting", message),
            (job.Conditions, job.Status.Conditions[^1].Reason, job.LastMessage)
        );
        Assert.Equal("", job.Step());
        job.Running().Step();
        Assert.Equal("Created Running", job.Conditions);
    }

    [Theory]
    [InlineData(1, "Created (Running) Failed", "job \"job\" is failing because \"Worker\" replica(s) failed.")]
    [InlineData(127, "Created (Running) Failed", "job \"job\" is failing because \"Worker\" replica(s) failed.")]
    [InlineData(128, "Created Restarting", "job job is restarting because Worker replica(s) failed.")]
    [InlineData(137, "Created Restarting", "job job is restarting because Worker replica(s) failed.")]
    public void An_exit_code_says_whether_another_try_may_help(int code, string conditions, string message)
    {
        var job = new Simulation(
            Samples.Admitted(
                Samples
                    .Yaml("TFJob", "Worker=2")
                    .Replace("replicas: 2", "replicas: 2\n      restartPolicy: ExitCode", StringComparison.Ordinal)
            ),
            Braid.TrainingJobs.Reconciling.ReconcileOptions.Kubeflow
        );
        job.Step();
        job.Running().Step();
        job.Exit("Worker-1", code).Step();
        Assert.Equal((conditions, message), (job.Conditions, job.LastMessage));
    }

    [Fact]
    public void Dynamic_workers_may_fail()
    {
        var job = new Simulation("TFJob", "PS=1 Worker=2", "enableDynamicWorker: true");
        job.Step();
        job.Running().Step();
        job.Exit("Worker-1", 1).Step();
        Assert.Equal("Created Running", job.Conditions);
    }

    [Fact]
    public void A_job_of_parameter_servers_only_never_succeeds()
    {
        var job = new Simulation("TFJob", "PS=1");
        job.Step();
        job.Running().Step();
        job.Exit("PS-0", 0).Step();
        Assert.Equal("Created", job.Conditions);
    }

    [Fact]
    public void Nobody_looks_at_workers_once_the_PyTorch_master_has_succeeded()
    {
        var job = new Simulation("PyTorchJob", "Master=1 Worker=1");
        job.Step();
        job.Running().Step();
        job.Exit("Master-0", 0).Exit("Worker-0", 1).Step();
        Assert.Contains("Succeeded", job.Conditions, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed", job.Conditions, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evicted_launcher_or_worker_fails_an_MPI_job_with_that_reason()
    {
        var job = new Simulation("MPIJob", "Launcher=1 Worker=2");
        job.Step();
        job.Running().Step();
        job.Exit("Worker-1", 137).Set(new("Worker", 1), seen => seen with { IsEvicted = true });
        job.Step();
        Assert.Equal(("MPIJobEvicted", "1/2 workers are evicted"), (job.Status.Conditions[^1].Reason, job.LastMessage));
    }

    [Fact]
    public void What_is_deleted_while_it_runs_counts_as_failed()
    {
        var job = new Simulation("JAXJob", "Worker=2");
        job.Step();
        job.Running().Step();
        job.Set(new("Worker", 1), seen => seen with { IsDeleting = true });
        job.Step();
        Assert.Equal("Worker=1/0/1", job.Counts);
        Assert.EndsWith("Failed", job.Conditions, StringComparison.Ordinal);
    }
}
