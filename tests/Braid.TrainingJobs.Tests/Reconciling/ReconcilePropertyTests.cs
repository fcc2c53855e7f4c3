using Braid.Testing;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Statuses;
using Xunit.Abstractions;

namespace Braid.TrainingJobs.Tests.Reconciling;

/// <summary>What holds of every job, whatever its replicas do.</summary>
public sealed class ReconcilePropertyTests(ITestOutputHelper output)
{
    private const int limit = 3;

    private static readonly (string Kind, string Replicas, string Spec)[] shapes =
    [
        ("TFJob", "PS=1 Worker=2", ""),
        ("TFJob", "Chief=1 Worker=2 Evaluator=1", ""),
        ("TFJob", "Worker=3", "successPolicy: AllWorkers\n"),
        ("TFJob", "PS=1 Worker=2", "enableDynamicWorker: true\n"),
        ("PyTorchJob", "Master=1 Worker=2", ""),
        ("PyTorchJob", "Worker=3", "elasticPolicy: {minReplicas: 1}\n"),
        ("PaddleJob", "Master=1 Worker=1", ""),
        ("XGBoostJob", "Master=1 Worker=2", ""),
        ("JAXJob", "Worker=3", ""),
        ("MPIJob", "Launcher=1 Worker=2", ""),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Jobs_end_cleanly_whatever_happens(bool isBraid)
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        var random = new Random(seed);
        var options = isBraid ? ReconcileOptions.Braid : ReconcileOptions.Kubeflow;
        for (var i = 0; i < 150; i++)
        {
            Live(Any(random, options), options, random);
        }
    }

    private static Simulation Any(Random random, ReconcileOptions options)
    {
        var (kind, replicas, spec) = shapes[random.Next(shapes.Length)];
        string[] policies = ["Never", "OnFailure", "Always", "ExitCode"];
        string[] cleanUps = ["None", "Running", "All"];
        var yaml = Samples.Yaml(
            kind,
            replicas,
            $"{spec}runPolicy: {{backoffLimit: {limit}, activeDeadlineSeconds: 3600, cleanPodPolicy: {cleanUps[random.Next(3)]}, ttlSecondsAfterFinished: 600}}"
        );
        var policy = policies[random.Next(policies.Length)];
        yaml = yaml.Replace(
            "\n      replicas:",
            $"\n      restartPolicy: {policy}\n      replicas:",
            StringComparison.Ordinal
        );
        return new(Samples.Admitted(yaml), options);
    }

    private static void Live(Simulation job, ReconcileOptions options, Random random)
    {
        for (var step = 0; step < 300 && !job.Status.IsFinished(); step++)
        {
            Happen(job, random);
            CheckDecision(job);
            CheckStatus(job.Status);
            job.Step();
            job.Now += TimeSpan.FromSeconds(random.Next(60));
        }

        Assert.True(job.Status.IsFinished(), $"{job.Conditions} {job.Counts}");
        Assert.True(!options.CountsRestartsPerJob || job.Memory.Restarts <= limit, $"{job.Memory.Restarts} restarts");
        CheckEnd(job, options);
    }

    /// <summary>The same again is the same; a decision that is stored and not carried out is said again; one that is carried out is over.</summary>
    private static void CheckDecision(Simulation job)
    {
        var first = job.Look();
        var second = job.Look();
        Assert.Equal(first.Actions, second.Actions);
        Assert.Equal(first.Memory.ToJson(), second.Memory.ToJson());
        Assert.Equal(first.Actions.Count, first.Actions.Distinct().Count());
        job.Store(first);
        var wasFinished = first.Status.IsFinished();
        var again = job.Look();
        Assert.True(wasFinished || first.Actions.SequenceEqual(again.Actions), "what was not done is not said again");
        Assert.Equal(first.Memory.Restarts, again.Memory.Restarts);
        foreach (var action in again.Actions)
        {
            job.Act(action);
        }

        job.Store(again);
        var after = job.Look();
        Assert.Empty(after.Actions);
        job.Store(after);
        Assert.Same(job.Status, job.Look().Status);
    }

    private static void CheckStatus(JobStatus status)
    {
        Assert.Equal(status.Conditions.Count, status.Conditions.Select(condition => condition.Type).Distinct().Count());
        Assert.False(status.Holds(JobConditionType.Running) && status.Holds(JobConditionType.Restarting));
        Assert.False(status.IsFinished() && status.Holds(JobConditionType.Running));
        Assert.True(!status.IsFinished() || status.CompletionTime is not null);
    }

    private static void CheckEnd(Simulation job, ReconcileOptions options)
    {
        job.Step();
        var leftRunning = job.Replicas.Any(replica => replica.Phase is ReplicaPhase.Running or ReplicaPhase.Pending);
        var cleans = options.CleansUpRunning || job.Job.Spec.RunPolicy.CleanPodPolicy is not CleanPodPolicy.None;
        Assert.False(cleans && leftRunning);
        var ended = job.Conditions;
        Assert.DoesNotContain('+', job.Step());
        Assert.Equal(ended, job.Conditions);
        job.Now += TimeSpan.FromHours(2);
        job.Step();
        Assert.True(job.IsDeleted);
        Assert.Empty(job.Replicas);
    }

    private static void Happen(Simulation job, Random random)
    {
        foreach (var replica in job.Replicas.ToList())
        {
            var id = $"{replica.Id.Type}-{replica.Id.Index}";
            switch (random.Next(12))
            {
                case < 4 when replica.Phase is ReplicaPhase.Pending:
                    job.Running(id);
                    break;
                case < 2 when replica.Phase is ReplicaPhase.Running:
                    job.Exit(id, 0);
                    break;
                case 2 when replica.Phase is ReplicaPhase.Running:
                    job.Exit(id, random.Next(2) == 0 ? 1 : 137);
                    break;
                case 3:
                    job.Act(new ReconcileAction.DeleteReplica(replica.Id));
                    break;
                default:
                    break;
            }
        }
    }
}
