using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Defaults;

/// <summary>What a job is taken to say where it says nothing.</summary>
public static class JobDefaults
{
    /// <summary>The job with all its defaults. Completing it again changes nothing.</summary>
    public static TrainingJob Complete(TrainingJob job) =>
        job with
        {
            Spec = WithKind(
                job.Kind,
                job.Spec with
                {
                    RunPolicy = job.Spec.RunPolicy with { CleanPodPolicy = CleanUp(job) },
                    ReplicaSpecs = job.Spec.ReplicaSpecs is { } specs ? Replicas(job.Traits, specs) : null,
                }
            ),
        };

    /// <summary>An MPIJob may say it in an older place.</summary>
    private static CleanPodPolicy CleanUp(TrainingJob job) =>
        job.Spec.RunPolicy.CleanPodPolicy ?? job.Spec.CleanPodPolicy ?? CleanPodPolicy.None;

    private static Dictionary<string, ReplicaSpec> Replicas(
        KindTraits kind,
        IReadOnlyDictionary<string, ReplicaSpec> specs
    )
    {
        var completed = new Dictionary<string, ReplicaSpec>();
        foreach (var (type, spec) in specs)
        {
            // A type that is there in two spellings keeps the second one, which is refused as unknown.
            var spelled = completed.ContainsKey(Spelled(kind, type)) ? type : Spelled(kind, type);
            completed[spelled] = Replica(kind, spelled, spec);
        }

        return completed;
    }

    private static string Spelled(KindTraits kind, string type) =>
        kind.ReplicaTypes.FirstOrDefault(known => known.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;

    private static ReplicaSpec Replica(KindTraits kind, string type, ReplicaSpec spec) =>
        spec with
        {
            Replicas = spec.Replicas ?? (kind.Kind is JobKind.MPIJob && type is ReplicaTypes.Worker ? 0 : 1),
            RestartPolicy = spec.RestartPolicy ?? kind.DefaultRestartPolicy,
            Template = spec.Template with
            {
                Spec = spec.Template.Spec with
                {
                    Containers = [.. spec.Template.Spec.Containers.Select(container => WithPort(kind, container))],
                },
            },
        };

    /// <summary>The container that counts listens on the kind's port, unless it names that port itself.</summary>
    private static Container WithPort(KindTraits kind, Container container) =>
        kind.Port is { } number
        && container.Name == kind.Container
        && container.Ports.All(port => port.Name != kind.PortName)
            ? container with
            {
                Ports = [.. container.Ports, new() { Name = kind.PortName, Number = number }],
            }
            : container;

    private static TrainingJobSpec WithKind(JobKind kind, TrainingJobSpec spec) =>
        kind switch
        {
            JobKind.TFJob => spec with { SuccessPolicy = spec.SuccessPolicy ?? SuccessPolicy.Default },
            JobKind.MPIJob => spec with
            {
                SlotsPerWorker = spec.SlotsPerWorker ?? 1,
                CleanPodPolicy = spec.CleanPodPolicy ?? spec.RunPolicy.CleanPodPolicy,
            },
            JobKind.PyTorchJob => WithProcesses(WithBounds(spec)),
            _ => spec,
        };

    /// <summary>Bounds default to each other, or to the number of workers.</summary>
    private static TrainingJobSpec WithBounds(TrainingJobSpec spec)
    {
        if (spec.ElasticPolicy is not { } elastic)
        {
            return spec;
        }

        var workers = spec.ReplicaSpecs?.GetValueOrDefault(ReplicaTypes.Worker)?.Replicas;
        return spec with
        {
            ElasticPolicy = elastic with
            {
                MinReplicas = elastic.MinReplicas ?? elastic.MaxReplicas ?? workers,
                MaxReplicas = elastic.MaxReplicas ?? elastic.MinReplicas ?? workers,
            },
        };
    }

    private static TrainingJobSpec WithProcesses(TrainingJobSpec spec) =>
        spec.ElasticPolicy?.NProcPerNode is null ? spec with { NprocPerNode = spec.NprocPerNode ?? "auto" } : spec;
}
