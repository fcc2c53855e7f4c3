using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Tests.Reconciling;

public sealed class LifecycleTests
{
    [Fact]
    public void Replicas_that_miss_are_made_and_those_too_many_deleted()
    {
        var job = new Simulation("TFJob", "PS=1 Worker=2");
        Assert.Equal("+ps-0 +worker-0 +worker-1", job.Step());
        Assert.Equal("", job.Step());
        job.Act(new ReconcileAction.DeleteReplica(new("Worker", 0)));
        job.Act(new ReconcileAction.CreateReplica(new("Worker", 7), 0));
        job.Act(new ReconcileAction.CreateReplica(new("Chief", 0), 0));
        Assert.Equal("+worker-0 -chief-0 -worker-7", job.Step());
    }

    [Theory]
    [InlineData("None", "")]
    [InlineData("Running", "-ps-0 -worker-1")]
    [InlineData("All", "-ps-0 -worker-0 -worker-1")]
    public void A_job_that_ended_is_cleaned_up_as_it_says(string policy, string actions)
    {
        var job = new Simulation("TFJob", "PS=1 Worker=2", $"runPolicy: {{cleanPodPolicy: {policy}}}");
        job.Step();
        job.Running("PS-0", "Worker-0").Exit("Worker-0", 0).Step();
        Assert.Equal(actions, job.Step());
        Assert.Equal("PS=0/1/0 Worker=0/1/0", job.Counts);
        Assert.Equal("", job.Step());
    }

    [Fact]
    public void A_job_is_deleted_when_its_time_to_live_is_over()
    {
        var job = new Simulation("JAXJob", "Worker=1", "runPolicy: {ttlSecondsAfterFinished: 60}");
        job.Step();
        job.Exit("Worker-0", 0).Step();
        Assert.Equal(job.Now.AddSeconds(60), job.Look().LookAgainAt);
        job.Now += TimeSpan.FromSeconds(59);
        Assert.Equal("", job.Step());
        job.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("-worker-0 -job", job.Step());
        Assert.True(job.IsDeleted);
    }

    [Fact]
    public void A_suspended_job_has_no_replicas_and_starts_anew_when_it_is_resumed()
    {
        var job = new Simulation("JAXJob", "Worker=1", "runPolicy: {activeDeadlineSeconds: 100}");
        job.Step();
        job.Running().Step();
        Suspend(job, true);
        Assert.Equal("-worker-0", job.Step());
        Assert.Equal(("Created (Running) Suspended", "JAXJob job is suspended."), (job.Conditions, job.LastMessage));
        job.Now += TimeSpan.FromHours(1);
        Assert.Equal("", job.Step());
        Suspend(job, false);
        Assert.Equal("+worker-0", job.Step());
        Assert.Equal(
            ("Created (Running) (Suspended)", "JAXJobResumed"),
            (job.Conditions, job.Status.Conditions[^1].Reason)
        );
        Assert.Equal(job.Now, job.Status.StartTime);
        job.Running().Step();
        Assert.Equal("Created (Suspended) Running", job.Conditions);
    }

    [Fact]
    public void A_job_that_takes_too_long_fails()
    {
        var job = new Simulation("JAXJob", "Worker=2", "runPolicy: {activeDeadlineSeconds: 30}");
        job.Step();
        Assert.Equal(job.Now.AddSeconds(30), job.Look().LookAgainAt);
        job.Now += TimeSpan.FromSeconds(30);
        Assert.Equal("-worker-0 -worker-1", job.Running().Step());
        Assert.Equal("Job job has failed because it was active longer than specified deadline", job.LastMessage);
        Assert.Null(job.Look().LookAgainAt);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void Restarts_that_pods_count_themselves_use_up_the_limit(int limit, int restarts)
    {
        var job = new Simulation("PyTorchJob", "Worker=1", $"runPolicy: {{backoffLimit: {limit}}}");
        job.Step();
        job.Running().Step();
        for (var i = 1; i < restarts; i++)
        {
            job.Set(new("Worker", 0), seen => seen with { RestartsInPlace = i });
            job.Step();
            Assert.EndsWith("Running", job.Conditions, StringComparison.Ordinal);
        }

        job.Set(new("Worker", 0), seen => seen with { RestartsInPlace = Math.Max(restarts, 1) });
        Assert.Equal("-worker-0", job.Step());
        Assert.Equal("Job job has failed because it has reached the specified backoff limit", job.LastMessage);
    }

    [Fact]
    public void A_job_that_somebody_else_manages_is_left_alone()
    {
        var job = new Simulation("JAXJob", "Worker=1", "runPolicy: {managedBy: kueue.x-k8s.io/multikueue}");
        Assert.Equal("", job.Step());
        Assert.Equal("", job.Conditions);
    }

    [Fact]
    public void The_printed_state_is_the_last_condition()
    {
        var job = new Simulation("JAXJob", "Worker=1");
        Assert.Equal("", job.Job.Status.State());
        job.Step();
        Assert.Equal("Created", job.Job.Status.State());
        job.Running().Step();
        Assert.Equal("Running", job.Job.Status.State());
    }

    [Fact]
    public void A_status_is_written_as_Kubernetes_writes_one()
    {
        var job = new Simulation("PyTorchJob", "Master=1");
        job.Step();
        job.Now += TimeSpan.FromMilliseconds(1900);
        job.Running().Step();
        Assert.Equal(
            """
            status:
              conditions:
              - lastTransitionTime: "2026-01-01T00:00:00Z"
                lastUpdateTime: "2026-01-01T00:00:00Z"
                message: PyTorchJob job is created.
                reason: PyTorchJobCreated
                status: "True"
                type: Created
              - lastTransitionTime: "2026-01-01T00:00:01Z"
                lastUpdateTime: "2026-01-01T00:00:01Z"
                message: PyTorchJob job is running.
                reason: PyTorchJobRunning
                status: "True"
                type: Running
              lastReconcileTime: "2026-01-01T00:00:01Z"
              replicaStatuses:
                Master:
                  active: 1
                  selector: training.kubeflow.org/job-name=job,training.kubeflow.org/operator-name=pytorchjob-controller,training.kubeflow.org/replica-type=master
              startTime: "2026-01-01T00:00:00Z"

            """.ReplaceLineEndings("\n"),
            ManifestWriter.ToYaml(job.Job)[
                ManifestWriter.ToYaml(job.Job).IndexOf("status:\n  cond", StringComparison.Ordinal)..
            ]
        );
        Assert.Equal(
            ManifestWriter.ToYaml(job.Job),
            ManifestWriter.ToYaml(Samples.Read(ManifestWriter.ToYaml(job.Job)))
        );
    }

    private static void Suspend(Simulation job, bool suspend) =>
        job.Job = job.Job with
        {
            Spec = job.Job.Spec with { RunPolicy = job.Job.Spec.RunPolicy with { Suspend = suspend } },
        };
}
