using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments;

/// <summary>What an MPIJob adds to its replicas: workers that only wait get something to wait with, and all get the job's files.</summary>
internal static class MpiPods
{
    private const string configVolume = "mpi-job-config";
    private const string kubectlVolume = "mpi-job-kubectl";
    private const int executable = 0x16D; // 0555
    private const int readable = 0x124; // 0444

    public static PodTemplate Complete(TrainingJob job, ReplicaId id, AddressPlan plan, PodTemplate template)
    {
        var isLauncher = id.Type is ReplicaTypes.Launcher;
        var waiting = isLauncher ? template : Waiting(template);
        return plan.IsOneMachine ? waiting
            : isLauncher ? WithKubectl(job, WithConfig(job, waiting, LauncherKeys()))
            : WithConfig(job, waiting, [Key(MpiFiles.RemoteShell, executable)]);
    }

    /// <summary>The workers count as running all of them: on one machine they do when the launcher does.</summary>
    public static IReadOnlyList<ReplicaFile> FilesOf(TrainingJob job, ReplicaId id, AddressPlan plan) =>
        id.Type is ReplicaTypes.Launcher
            ? MpiFiles.Of(job, [.. job.ReplicaIds()], plan)
            : [MpiFiles.RemoteShellFile(job, plan)];

    private static PodTemplate Waiting(PodTemplate template) =>
        template with
        {
            Spec = template.Spec with
            {
                Containers =
                [
                    .. template.Spec.Containers.Select(container =>
                        container is { Command.Count: 0, Args.Count: 0 }
                            ? container with
                            {
                                Command = ["sleep"],
                                Args = ["365d"],
                            }
                            : container
                    ),
                ],
            },
        };

    private static KeyToPath[] LauncherKeys() =>
        [
            Key(MpiFiles.RemoteShell, executable),
            Key(MpiFiles.HostFile, readable),
            Key(MpiFiles.DiscoverHosts, executable),
        ];

    private static KeyToPath Key(string path, int mode)
    {
        var name = path[(MpiFiles.Folder.Length + 1)..];
        return new()
        {
            Key = name,
            Path = name,
            Mode = mode,
        };
    }

    private static PodTemplate WithConfig(TrainingJob job, PodTemplate template, KeyToPath[] keys) =>
        template with
        {
            Spec = template.Spec with
            {
                Volumes =
                [
                    .. template.Spec.Volumes,
                    new()
                    {
                        Name = configVolume,
                        ConfigMap = new() { Name = MpiFiles.ConfigMapName(job), Items = keys },
                    },
                ],
                Containers = [.. template.Spec.Containers.Select(one => Mounting(one, configVolume, MpiFiles.Folder))],
            },
        };

    private static PodTemplate WithKubectl(TrainingJob job, PodTemplate template) =>
        template with
        {
            Spec = template.Spec with
            {
                Volumes = [.. template.Spec.Volumes, new() { Name = kubectlVolume, EmptyDir = new() }],
                InitContainers = [.. template.Spec.InitContainers, KubectlDelivery(job)],
                Containers =
                [
                    .. template.Spec.Containers.Select(one => Mounting(one, kubectlVolume, MpiFiles.KubectlFolder)),
                ],
            },
        };

    private static Container KubectlDelivery(TrainingJob job) =>
        Mounting(
            Mounting(
                new()
                {
                    Name = "kubectl-delivery",
                    Image = "kubeflow/kubectl-delivery:latest",
                    ImagePullPolicy = "IfNotPresent",
                    Env = [EnvVar.Of("TARGET_DIR", MpiFiles.KubectlFolder), EnvVar.Of("NAMESPACE", job.Namespace)],
                },
                kubectlVolume,
                MpiFiles.KubectlFolder
            ),
            configVolume,
            MpiFiles.Folder
        );

    private static Container Mounting(Container container, string volume, string path) =>
        container with
        {
            VolumeMounts = [.. container.VolumeMounts, new() { Name = volume, MountPath = path }],
        };
}
