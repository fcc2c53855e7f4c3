using Braid.TrainingJobs.Environments.PerKind;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments;

/// <summary>What a replica is told of its peers, by variables.</summary>
/// <param name="Variables">In the operator's order. They come after a container's own, and the last of a name counts.</param>
/// <param name="Container">The only container that gets them; null: all do.</param>
public sealed record PeerEnvironment(IReadOnlyList<EnvVar> Variables, string? Container)
{
    internal static PeerEnvironment None { get; } = new([], null);

    /// <summary>Of a job that was admitted.</summary>
    public static PeerEnvironment Of(TrainingJob job, ReplicaId id, AddressPlan plan) =>
        job.Kind switch
        {
            JobKind.TFJob => TensorFlowEnvironment.Of(job, id, plan),
            JobKind.PyTorchJob => new(PyTorchEnvironment.Of(job, id, plan), null),
            JobKind.XGBoostJob => new(XGBoostEnvironment.Of(job, id, plan), null),
            JobKind.JAXJob => new(JaxEnvironment.Of(job, id, plan), null),
            JobKind.PaddleJob => new(PaddleEnvironment.Of(job, id, plan), null),
            _ => MpiEnvironment.Of(job, id),
        };

    public bool IsFor(Container container) => Container is null || Container == container.Name;
}
