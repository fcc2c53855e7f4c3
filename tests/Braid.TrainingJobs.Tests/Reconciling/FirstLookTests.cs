using System.Text.Json;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Tests.Reconciling;

public sealed class FirstLookTests
{
    [Fact]
    public void A_new_job_gets_all_its_replicas()
    {
        var job = new TrainingJob
        {
            Kind = JobKind.TFJob,
            Metadata = new() { Name = "mnist" },
            Spec = new()
            {
                ReplicaSpecs = new Dictionary<string, ReplicaSpec>
                {
                    ["Worker"] = new() { Replicas = 2 },
                    ["PS"] = new() { Replicas = 1 },
                },
            },
        };
        var decision = Reconciler.Decide(
            new()
            {
                Job = job,
                Memory = ReconcileMemory.Empty,
                Replicas = [],
                Now = DateTimeOffset.UnixEpoch,
            },
            ReconcileOptions.Kubeflow
        );
        Assert.Equal(
            [
                new ReconcileAction.CreateReplica(new("PS", 0), 0),
                new ReconcileAction.CreateReplica(new("Worker", 0), 0),
                new ReconcileAction.CreateReplica(new("Worker", 1), 0),
            ],
            decision.Actions
        );
        Assert.Equal("Created", decision.Status.State());
    }

    [Fact]
    public void What_the_model_does_not_know_comes_back()
    {
        const string text = """
            {"apiVersion":"kubeflow.org/v1","kind":"TFJob","metadata":{"name":"x","odd":[1]},"spec":{"replicaSpecs":{"PS":{"replicas":0,"template":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"500m"}},"livenessProbe":{"x":1}}]}}}},"more":"y"}}
            """;
        var job = JsonSerializer.Deserialize(text, ManifestTypes.Job);
        Assert.Equal(text.Trim(), JsonSerializer.Serialize(job!, ManifestTypes.Job));
    }
}
