using Braid.TrainingJobs.Environments;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;
using Volume = Braid.Workloads.Submission.Volume;

namespace Braid.Workloads.Kinds;

/// <summary>What a node runs for a replica of a job: its main container, and how it finds its peers.</summary>
internal static class TrainingPrograms
{
    private const double defaultGrace = 30;

    /// <param name="spec">What it has beside what the manifest says.</param>
    public static ReplicaProgram Of(TrainingJob job, ReplicaId id, WorkloadSpec spec)
    {
        // MPI's launcher starts its workers' programs itself, where all are on one machine; the others find each other by name.
        var plan = job.Kind is JobKind.MPIJob ? AddressPlan.Loopback(job) : AddressPlan.Cluster(job);
        var pod = ReplicaPods.Of(job, id, plan);
        var main = pod.Template.Spec.Containers.First(container => container.Name == pod.Replica.Main.Name);
        var limits = main.Resources.Limits;
        return new()
        {
            Image = main.Image,
            Command = main.Command,
            Arguments = main.Args,
            Environment = EnvironmentOf(job, pod, main, spec),
            WorkingDirectory = main.WorkingDir ?? "",
            Volumes =
            [
                .. spec.Volumes.Where(volume => pod.Replica.IsMaster || !volume.IsForLeader),
                .. VolumesOf(pod.Template.Spec, main),
            ],
            Files = [.. pod.Files.Select(file => new ProgramFile(file.Path, file.Content, file.Mode))],
            CpuMillicores = limits.TryGetValue("cpu", out var cpu) ? cpu.Thousandths : null,
            MemoryBytes = limits.TryGetValue("memory", out var memory) ? memory.Units : null,
            HostName = plan[id].Host,
            Grace = TimeSpan.FromSeconds(
                Math.Clamp(
                    pod.Template.Spec.TerminationGracePeriodSeconds ?? defaultGrace,
                    0,
                    SpecFault.Longest.TotalSeconds
                )
            ),
        };
    }

    /// <summary>What its peers call a replica.</summary>
    public static IReadOnlyList<string> NamesOf(TrainingJob job, ReplicaId id)
    {
        var address = AddressPlan.Cluster(job)[id];
        return [address.Host, address.ShortHost];
    }

    /// <summary>The manifest has the last word.</summary>
    private static Dictionary<string, string> EnvironmentOf(
        TrainingJob job,
        ReplicaPod pod,
        Container main,
        WorkloadSpec spec
    )
    {
        var variables = new Dictionary<string, string>(spec.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in EnvironmentTexts.Resolve(main.Env, source => FieldOf(job, pod, source)))
        {
            variables[name] = value;
        }

        return variables;
    }

    /// <summary>Folders of the machine; other volumes have no counterpart, which the job's warnings say.</summary>
    private static IEnumerable<Volume> VolumesOf(PodSpec pod, Container main)
    {
        foreach (var mount in main.VolumeMounts)
        {
            if (pod.Volumes.FirstOrDefault(volume => volume.Name == mount.Name) is { HostPath: { } host })
            {
                yield return new(host.Path, mount.MountPath, mount.ReadOnly is true);
            }
        }
    }

    private static string? FieldOf(TrainingJob job, ReplicaPod pod, EnvVarSource source) =>
        source.FieldRef?.FieldPath switch
        {
            "metadata.name" => pod.Replica.Name,
            "metadata.namespace" => job.Namespace,
            "metadata.uid" => job.Metadata.Uid,
            "status.podIP" or "status.hostIP" => pod.Replica.Name,
            "spec.nodeName" => "",
            _ => null,
        };
}
