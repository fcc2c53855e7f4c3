using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments.PerKind;

/// <summary>How the launcher finds its workers, and starts programs on them.</summary>
internal static class MpiEnvironment
{
    public static PeerEnvironment Of(TrainingJob job, ReplicaId id)
    {
        if (id.Type is not ReplicaTypes.Launcher)
        {
            return PeerEnvironment.None;
        }

        var launcher = JobReplicas.Of(job, id);
        return new(
            [
                EnvVar.Of("OMPI_MCA_plm_rsh_agent", MpiFiles.RemoteShell),
                EnvVar.Of("OMPI_MCA_orte_default_hostfile", MpiFiles.HostFile),
                .. Unless(launcher.Main, "I_MPI_HYDRA_BOOTSTRAP", "rsh"),
                .. Unless(launcher.Main, "I_MPI_HYDRA_BOOTSTRAP_EXEC", MpiFiles.RemoteShell),
                .. launcher.Resources.AsksForGpu ? (EnvVar[])[] : [EnvVar.Of("NVIDIA_VISIBLE_DEVICES", "")],
            ],
            launcher.Main.Name
        );
    }

    /// <summary>What the author has set stays.</summary>
    private static IEnumerable<EnvVar> Unless(Container container, string name, string value) =>
        container.Env.Any(variable => variable.Name == name) ? [] : [EnvVar.Of(name, value)];
}
