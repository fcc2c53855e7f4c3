using System.Globalization;
using System.Text;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments;

/// <summary>A file that a replica finds.</summary>
/// <param name="Path">In the replica.</param>
/// <param name="Content">Its text.</param>
/// <param name="Mode">Its permissions, as Unix has them.</param>
public sealed record ReplicaFile(string Path, string Content, int Mode);

/// <summary>The files by which an MPIJob's launcher reaches its workers; in a cluster they are the config map <c>NAME-config</c>.</summary>
public static class MpiFiles
{
    public const string Folder = "/etc/mpi";
    public const string HostFile = $"{Folder}/hostfile";
    public const string RemoteShell = $"{Folder}/kubexec.sh";
    public const string DiscoverHosts = $"{Folder}/discover_hosts.sh";

    internal const string KubectlFolder = "/opt/kube";

    private const int readable = 0x124; // 0444
    private const int executable = 0x16D; // 0555

    public static string ConfigMapName(TrainingJob job) => $"{job.Name}-config";

    /// <summary>What the launcher finds; workers find <see cref="RemoteShell"/> only, for which Open MPI looks on every rank.</summary>
    /// <param name="job">An MPIJob that was admitted.</param>
    /// <param name="running">The workers that run, in any order: <c>discover_hosts.sh</c> names no others.</param>
    /// <param name="plan">On one machine, the remote shell is a shell.</param>
    public static IReadOnlyList<ReplicaFile> Of(
        TrainingJob job,
        IReadOnlyCollection<ReplicaId> running,
        AddressPlan plan
    ) =>
        [
            new(HostFile, HostFileText(job), readable),
            new(RemoteShell, RemoteShellText(job, plan), executable),
            new(DiscoverHosts, DiscoverHostsText(job, running), executable),
        ];

    internal static ReplicaFile RemoteShellFile(TrainingJob job, AddressPlan plan) =>
        new(RemoteShell, RemoteShellText(job, plan), executable);

    private static string HostFileText(TrainingJob job)
    {
        var text = new StringBuilder();
        if (LaunchesOnItself(job))
        {
            text.Append(CultureInfo.InvariantCulture, $"{job.Name}-launcher slots={Slots(job)}\n");
        }

        foreach (var id in job.ReplicaIds().Where(id => id.Type is ReplicaTypes.Worker))
        {
            text.Append(CultureInfo.InvariantCulture, $"{JobReplicas.NameOf(job, id)} slots={Slots(job)}\n");
        }

        return text.ToString();
    }

    private static string RemoteShellText(TrainingJob job, AddressPlan plan)
    {
        if (plan.IsOneMachine)
        {
            return "#!/bin/sh\nshift\nexec /bin/sh -c \"$*\"\n";
        }

        var container = job.Spec.MainContainer is { Length: > 0 } main ? $" --container {main}" : "";
        return $"#!/bin/sh\nset -x\nPOD_NAME=$1\nshift\n{KubectlFolder}/kubectl exec ${{POD_NAME}}{container} -- /bin/sh -c \"$*\"";
    }

    private static string DiscoverHostsText(TrainingJob job, IReadOnlyCollection<ReplicaId> running)
    {
        var text = new StringBuilder("#!/bin/sh");
        if (LaunchesOnItself(job))
        {
            text.Append(CultureInfo.InvariantCulture, $"\necho {job.Name}-launcher:{Slots(job)}\n");
        }

        var names = running
            .Where(id => id.Type is ReplicaTypes.Worker)
            .Select(id => JobReplicas.NameOf(job, id))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            text.Append(CultureInfo.InvariantCulture, $"\necho {name}:{Slots(job)}");
        }

        return text.ToString();
    }

    private static int Slots(TrainingJob job) => job.Spec.SlotsPerWorker ?? 1;

    /// <summary>A launcher that asks for a GPU takes part in the work.</summary>
    private static bool LaunchesOnItself(TrainingJob job) =>
        JobReplicas.Of(job, new(ReplicaTypes.Launcher, 0)).Resources.AsksForGpu;
}
