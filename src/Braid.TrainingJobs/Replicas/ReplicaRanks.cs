using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Replicas;

/// <summary>How a job's framework numbers its replicas: the chief or master first, then the workers.</summary>
public static class ReplicaRanks
{
    /// <summary>
    /// Null for those that do not compute together with the others (parameter servers, evaluators), and where the framework numbers its
    /// processes only when they have met: MPI, Paddle, and torchrun without a master.
    /// </summary>
    public static int? Of(TrainingJob job, ReplicaId id) =>
        !AreKnown(job)
            ? null
            : id.Type switch
            {
                ReplicaTypes.Chief => id.Index,
                ReplicaTypes.Master => job.CountOf(ReplicaTypes.Chief) + id.Index,
                ReplicaTypes.Worker => job.CountOf(ReplicaTypes.Chief) + job.CountOf(ReplicaTypes.Master) + id.Index,
                _ => null,
            };

    private static bool AreKnown(TrainingJob job) =>
        job.Kind switch
        {
            JobKind.MPIJob or JobKind.PaddleJob => false,
            JobKind.PyTorchJob => job.Has(ReplicaTypes.Master),
            _ => true,
        };
}
