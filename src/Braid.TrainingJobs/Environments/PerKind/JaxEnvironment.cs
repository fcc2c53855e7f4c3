using System.Globalization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments.PerKind;

/// <summary>What a program hands to <c>jax.distributed.initialize</c>.</summary>
internal static class JaxEnvironment
{
    public static IReadOnlyList<EnvVar> Of(TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        var coordinator = plan[new(ReplicaTypes.Worker, 0)];
        return
        [
            EnvVar.Of("PYTHONUNBUFFERED", "1"),
            EnvVar.Of("COORDINATOR_PORT", coordinator.Port.ToString(CultureInfo.InvariantCulture)),
            EnvVar.Of("COORDINATOR_ADDRESS", coordinator.ShortHost),
            EnvVar.Of("NUM_PROCESSES", job.TotalReplicas().ToString(CultureInfo.InvariantCulture)),
            EnvVar.Of("PROCESS_ID", id.Index.ToString(CultureInfo.InvariantCulture)),
        ];
    }
}
