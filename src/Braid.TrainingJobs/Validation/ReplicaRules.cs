using System.Globalization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Validation;

/// <summary>What every kind asks of its replicas.</summary>
internal static class ReplicaRules
{
    /// <summary>Replicas of one job; far more than anybody trains with, far less than would fill a store.</summary>
    public const int MostReplicas = 10_000;

    public static string PathOf(TrainingJob job, string type) => $"spec.{job.Traits.SpecsField}[{type}]";

    public static IEnumerable<FieldError> Check(TrainingJob job)
    {
        if (job.Spec.ReplicaSpecs is null)
        {
            return [FieldError.Required($"spec.{job.Traits.SpecsField}", "must be required")];
        }

        return [.. job.OrderedSpecs().SelectMany(spec => CheckType(job, spec.Key, spec.Value)), .. CheckSum(job)];
    }

    private static IEnumerable<FieldError> CheckType(TrainingJob job, string type, ReplicaSpec spec) =>
        [
            .. TypeErrors(job, type),
            .. ContainerErrors(job, type, spec.Template.Spec.Containers),
            .. CountErrors(job, type, spec.Replicas),
            .. NameErrors(job, type, spec.Replicas ?? 1),
        ];

    /// <summary>A TFJob takes any type, as long as it can be part of a name and is no other spelling of one that it has.</summary>
    private static IEnumerable<FieldError> TypeErrors(TrainingJob job, string type)
    {
        var known = job.Traits.ReplicaTypes;
        if (job.Kind is not JobKind.TFJob && !known.Contains(type))
        {
            yield return FieldError.NotSupported(PathOf(job, type), type, known);
        }
        else if (!NameRules.IsLabel(type.ToLowerInvariant()))
        {
            yield return FieldError.Invalid(
                PathOf(job, type),
                type,
                "must be letters, digits and '-' that a host name can have"
            );
        }
        else if (!known.Contains(type) && known.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            yield return FieldError.Forbidden(PathOf(job, type), "must not be there in another spelling, too");
        }
    }

    private static IEnumerable<FieldError> ContainerErrors(
        TrainingJob job,
        string type,
        IReadOnlyList<Container> containers
    )
    {
        var path = $"{PathOf(job, type)}.template.spec.containers";
        if (containers.Count == 0)
        {
            yield return FieldError.Required(path, "must be specified");
        }

        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i].Image.Length == 0)
            {
                yield return FieldError.Required($"{path}[{i}].image", "must be required");
            }

            if (containers[i].Name.Length == 0)
            {
                yield return FieldError.Required($"{path}[{i}].name", "must be required");
            }
        }

        if (job.Kind is not JobKind.MPIJob && containers.All(container => container.Name != job.Traits.Container))
        {
            yield return FieldError.Required(
                path,
                $"must have at least one container with name {job.Traits.Container}"
            );
        }
    }

    private static IEnumerable<FieldError> CountErrors(TrainingJob job, string type, int? replicas)
    {
        var path = $"{PathOf(job, type)}.replicas";
        if (replicas < 0)
        {
            yield return FieldError.Invalid(path, replicas.Value, "must be greater than or equal to 0");
        }
        else if (MustBeOne(job.Kind, type) && replicas != 1)
        {
            yield return FieldError.Forbidden(path, "must be 1");
        }
        else if (job.Kind is JobKind.PyTorchJob && type is ReplicaTypes.Worker && replicas < 1)
        {
            yield return FieldError.Forbidden(path, "must be at least 1");
        }
    }

    /// <summary>A number that must be 1 must be said, as the operator looks before defaults are filled in.</summary>
    public static IEnumerable<FieldError> CheckSaid(TrainingJob asGiven) =>
        asGiven
            .OrderedSpecs()
            .Where(spec =>
                asGiven.Kind is JobKind.PyTorchJob or JobKind.XGBoostJob
                && spec.Value.Replicas is null
                && spec.Key.Equals(ReplicaTypes.Master, StringComparison.OrdinalIgnoreCase)
            )
            .Select(spec => FieldError.Forbidden($"{PathOf(asGiven, spec.Key)}.replicas", "must be 1"));

    private static bool MustBeOne(JobKind kind, string type) =>
        (kind, type)
            is
                (JobKind.PyTorchJob or JobKind.XGBoostJob, ReplicaTypes.Master)
                or
                (JobKind.MPIJob, ReplicaTypes.Launcher);

    /// <summary>The longest name of a replica must be a host name, too.</summary>
    private static IEnumerable<FieldError> NameErrors(TrainingJob job, string type, int replicas)
    {
        var last =
            $"{job.Name}-{type.ToLowerInvariant()}-{Math.Max(replicas - 1, 0).ToString(CultureInfo.InvariantCulture)}";
        if (last.Length > 63 && job.Name.Length <= 63)
        {
            yield return FieldError.Invalid(
                "metadata.name",
                job.Name,
                $"must leave room for its replicas' names: {last} has {last.Length} characters, a host name no more than 63"
            );
        }
    }

    private static IEnumerable<FieldError> CheckSum(TrainingJob job)
    {
        var sum = job.OrderedSpecs().Sum(spec => (long)Math.Max(spec.Value.Replicas ?? 0, 0));
        if (sum > MostReplicas)
        {
            yield return FieldError.Invalid(
                $"spec.{job.Traits.SpecsField}",
                sum,
                $"must have no more than {MostReplicas} replicas in all"
            );
        }
        else if (job.Spec.ReplicaSpecs is { Count: > 0 } specs && specs.Values.All(spec => spec.Replicas == 0))
        {
            yield return FieldError.Required($"spec.{job.Traits.SpecsField}", "must have at least one replica");
        }
    }
}
