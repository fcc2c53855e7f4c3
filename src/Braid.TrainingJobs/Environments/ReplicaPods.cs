using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments;

/// <summary>What an executor starts for one replica: its template with all that the job adds to it.</summary>
public sealed record ReplicaPod
{
    public required Replica Replica { get; init; }

    /// <summary>Containers with their variables, labels, restart policy, init containers and volumes.</summary>
    public required PodTemplate Template { get; init; }

    /// <summary>Files that an executor puts into the replica; in a cluster they come by volumes of the template instead.</summary>
    public required IReadOnlyList<ReplicaFile> Files { get; init; }

    /// <summary>What the replica's <c>/etc/hosts</c> must hold; empty: nothing of the job's.</summary>
    public required string HostsFile { get; init; }
}

/// <summary>Makes what an executor starts.</summary>
public static class ReplicaPods
{
    /// <param name="job">Admitted.</param>
    /// <param name="id">Which replica.</param>
    /// <param name="plan">How it finds the others.</param>
    public static ReplicaPod Of(TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        var replica = JobReplicas.Of(job, id);
        var environment = PeerEnvironment.Of(job, id, plan);
        var template = replica.Template with
        {
            Metadata = replica.Template.Metadata with { Labels = replica.Labels },
            Spec = replica.Template.Spec with
            {
                RestartPolicy = replica.PodRestartPolicy,
                Containers =
                [
                    .. replica.Template.Spec.Containers.Select(container => WithPeers(container, environment)),
                ],
            },
        };
        template = job.Kind switch
        {
            JobKind.MPIJob => MpiPods.Complete(job, id, plan, template),
            JobKind.PyTorchJob when !plan.IsOneMachine => PyTorchPods.Complete(job, id, plan, template),
            _ => template,
        };
        return new()
        {
            Replica = replica,
            Template = template,
            Files = job.Kind is JobKind.MPIJob && plan.IsOneMachine ? MpiPods.FilesOf(job, id, plan) : [],
            HostsFile = plan.HostsFile,
        };
    }

    private static Container WithPeers(Container container, PeerEnvironment environment) =>
        environment.IsFor(container)
            ? container with
            {
                Env = [.. container.Env, .. environment.Variables],
            }
            : container;
}
