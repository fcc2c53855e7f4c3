using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments;

/// <summary>Workers in a cluster wait until the master's name resolves.</summary>
internal static class PyTorchPods
{
    public static PodTemplate Complete(TrainingJob job, ReplicaId id, AddressPlan plan, PodTemplate template) =>
        id.Type is not ReplicaTypes.Worker || !job.Has(ReplicaTypes.Master)
            ? template
            : template with
            {
                Spec = template.Spec with
                {
                    InitContainers =
                    [
                        .. template.Spec.InitContainers,
                        Waiter(plan[new(ReplicaTypes.Master, 0)].ShortHost),
                    ],
                },
            };

    private static Container Waiter(string master) =>
        new()
        {
            Name = "init-pytorch",
            Image = "alpine:3.10",
            ImagePullPolicy = "IfNotPresent",
            Command =
            [
                "sh",
                "-c",
                $"err=1; for i in $(seq 100); do if nslookup {master}; then err=0 && break; fi; echo waiting for master; sleep 2; done; exit $err",
            ],
            Resources = new() { Limits = Share("100m", "20Mi"), Requests = Share("50m", "10Mi") },
        };

    private static Dictionary<string, Quantity> Share(string cpu, string memory) =>
        new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory) };
}
