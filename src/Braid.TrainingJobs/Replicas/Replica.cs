using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Replicas;

/// <summary>One replica of a job, as it is to be made.</summary>
public sealed record Replica
{
    public required ReplicaId Id { get; init; }

    /// <summary>Also its host name: <c>mnist-worker-0</c>; an MPIJob's launcher has no number.</summary>
    public required string Name { get; init; }

    /// <summary>Those of its template, and over them the ones that find it.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>The chief, master or launcher; where a job has none, worker 0.</summary>
    public required bool IsMaster { get; init; }

    public required RestartPolicy RestartPolicy { get; init; }

    /// <summary>As a pod has it: by exit code is never, and the reconciler's business.</summary>
    public string PodRestartPolicy =>
        RestartPolicy is RestartPolicy.ExitCode ? nameof(RestartPolicy.Never) : RestartPolicy.ToString();

    /// <summary>The container whose exit code counts.</summary>
    public required Container Main { get; init; }

    /// <summary>The ports of <see cref="Main"/>, by which the replica is reached.</summary>
    public IReadOnlyList<ContainerPort> Ports => Main.Ports;

    public required ResourceRequest Resources { get; init; }

    public required PodTemplate Template { get; init; }
}

/// <summary>The replicas of jobs.</summary>
public static class JobReplicas
{
    /// <summary>All of them, by type and index. Of a job that was admitted.</summary>
    public static IReadOnlyList<Replica> Of(TrainingJob job) => [.. job.ReplicaIds().Select(id => Of(job, id))];

    public static Replica Of(TrainingJob job, ReplicaId id)
    {
        var template = Spec(job, id.Type).Template;
        return new()
        {
            Id = id,
            Name = NameOf(job, id),
            Labels = Over(template.Metadata.Labels, ReplicaLabels.Of(job, id)),
            Annotations = template.Metadata.Annotations,
            IsMaster = ReplicaLabels.IsMaster(job, id),
            RestartPolicy = job.RestartPolicyOf(id.Type),
            Main = MainOf(job, template.Spec),
            Resources = ResourceRequest.Of(template),
            Template = template,
        };
    }

    public static string NameOf(TrainingJob job, ReplicaId id) =>
        job.Kind is JobKind.MPIJob && id.Type is ReplicaTypes.Launcher ? $"{job.Name}-launcher" : $"{job.Name}-{id}";

    /// <summary>The port at which a replica of the type is reached.</summary>
    public static int PortOf(TrainingJob job, string type) =>
        MainOf(job, Spec(job, type).Template.Spec)
            .Ports.FirstOrDefault(port => port.Name == job.Traits.PortName)
            ?.Number
        ?? job.Traits.Port
        ?? 0;

    private static ReplicaSpec Spec(TrainingJob job, string type) =>
        job.Spec.ReplicaSpecs?.GetValueOrDefault(type)
        ?? throw new ArgumentException($"the job has no replicas of type {type}", nameof(type));

    private static Container MainOf(TrainingJob job, PodSpec pod) =>
        pod.Containers.FirstOrDefault(container => container.Name == job.Traits.Container)
        ?? pod.Containers.FirstOrDefault()
        ?? throw new ArgumentException("the job was not admitted: a replica has no container", nameof(pod));

    private static SortedDictionary<string, string> Over(
        IReadOnlyDictionary<string, string> own,
        IReadOnlyDictionary<string, string> given
    )
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in own.Concat(given))
        {
            labels[name] = value;
        }

        return labels;
    }
}
