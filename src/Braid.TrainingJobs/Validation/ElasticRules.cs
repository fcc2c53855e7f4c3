using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Validation;

/// <summary>What a PyTorchJob may say of how many workers it can do with.</summary>
internal static class ElasticRules
{
    private static readonly string[] backends = ["c10d", "etcd", "etcd-v2"];

    private static readonly string[] words = ["auto", "cpu", "gpu"];

    public static IEnumerable<FieldError> Check(TrainingJob job) =>
        [.. ProcessErrors(job.Spec), .. job.Spec.ElasticPolicy is { } elastic ? ElasticErrors(job, elastic) : []];

    private static IEnumerable<FieldError> ElasticErrors(TrainingJob job, ElasticPolicy elastic)
    {
        if (!job.Has(ReplicaTypes.Worker))
        {
            yield return FieldError.Required(
                ReplicaRules.PathOf(job, ReplicaTypes.Worker),
                "must be configured if elastic policy is used"
            );
        }

        if (elastic.NProcPerNode is not null && job.Spec.NprocPerNode is not null)
        {
            yield return FieldError.Forbidden(
                "spec.elasticPolicy.nProcPerNode",
                "must not be used with spec.nprocPerNode"
            );
        }

        if (elastic.RdzvBackend is { } backend && !backends.Contains(backend))
        {
            yield return FieldError.NotSupported("spec.elasticPolicy.rdzvBackend", backend, backends);
        }

        if (elastic.MinReplicas < 0)
        {
            yield return FieldError.Invalid(
                "spec.elasticPolicy.minReplicas",
                elastic.MinReplicas.Value,
                "must be greater than or equal to 0"
            );
        }

        if (elastic.MaxReplicas < elastic.MinReplicas)
        {
            yield return FieldError.Invalid(
                "spec.elasticPolicy.maxReplicas",
                elastic.MaxReplicas.Value,
                "must not be less than minReplicas"
            );
        }
    }

    private static IEnumerable<FieldError> ProcessErrors(TrainingJobSpec spec)
    {
        if (
            spec.NprocPerNode is { } text
            && !words.Contains(text)
            && !(int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var count) && count > 0)
        )
        {
            yield return FieldError.Invalid("spec.nprocPerNode", text, "must be auto, cpu, gpu or a number above 0");
        }
    }
}
