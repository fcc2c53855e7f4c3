using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Validation;

/// <summary>What a job must fulfil to be taken: what the training operator asks, and what would not work here.</summary>
public static class JobRules
{
    private static readonly string[] managers = ["kubeflow.org/training-operator", "kueue.x-k8s.io/multikueue"];

    /// <summary>All that is wrong; empty when the job can be taken. Asked of a job with defaults.</summary>
    public static IReadOnlyList<FieldError> Check(TrainingJob job)
    {
        List<FieldError> errors =
        [
            .. NameRules.Check(job),
            .. RunPolicyErrors(job.Spec.RunPolicy),
            .. ReplicaRules.Check(job),
            .. KindErrors(job),
        ];
        return errors;
    }

    /// <summary>What a manifest must say itself. Asked of a job as it was given, without defaults.</summary>
    public static IReadOnlyList<FieldError> CheckGiven(TrainingJob asGiven) => [.. ReplicaRules.CheckSaid(asGiven)];

    /// <summary>What a new version of a job may not change.</summary>
    public static IReadOnlyList<FieldError> CheckUpdate(TrainingJob before, TrainingJob after)
    {
        var errors = new List<FieldError>();
        if ((before.Spec.RunPolicy.ManagedBy ?? "") != (after.Spec.RunPolicy.ManagedBy ?? ""))
        {
            errors.Add(
                FieldError.Invalid(
                    "spec.runPolicy.managedBy",
                    after.Spec.RunPolicy.ManagedBy ?? "",
                    "field is immutable"
                )
            );
        }

        if (Queue(before) != Queue(after))
        {
            errors.Add(
                FieldError.Invalid(
                    "spec.runPolicy.schedulingPolicy.queue",
                    Queue(after),
                    "spec.runPolicy.schedulingPolicy.queue is immutable"
                )
            );
        }

        return errors;
    }

    /// <summary>What works, but is better said otherwise.</summary>
    public static IReadOnlyList<string> Warnings(TrainingJob job) =>
        [
            .. job.Spec.ElasticPolicy?.NProcPerNode is null
                ? (string[])[]
                : ["spec.elasticPolicy.nProcPerNode is deprecated, use spec.nprocPerNode instead"],
            .. job.OrderedSpecs()
                .Where(spec => IsOverwritten(spec.Value))
                .Select(spec =>
                    $"SetPodTemplateRestartPolicy: {ReplicaRules.PathOf(job, spec.Key)}.template.spec.restartPolicy is "
                    + "overwritten by the replica's restartPolicy"
                ),
        ];

    private static bool IsOverwritten(ReplicaSpec spec) =>
        spec.Template.Spec.RestartPolicy is { } policy && policy != spec.RestartPolicy?.ToString();

    private static string Queue(TrainingJob job) => job.Spec.RunPolicy.SchedulingPolicy?.Queue ?? "";

    private static IEnumerable<FieldError> RunPolicyErrors(RunPolicy policy)
    {
        if (policy.ManagedBy is { Length: > 0 } manager && !managers.Contains(manager))
        {
            yield return FieldError.NotSupported("spec.runPolicy.managedBy", manager, managers);
        }

        foreach (
            var (field, value) in new (string, long?)[]
            {
                ("ttlSecondsAfterFinished", policy.TtlSecondsAfterFinished),
                ("activeDeadlineSeconds", policy.ActiveDeadlineSeconds),
                ("backoffLimit", policy.BackoffLimit),
                ("schedulingPolicy.minAvailable", policy.SchedulingPolicy?.MinAvailable),
                ("schedulingPolicy.scheduleTimeoutSeconds", policy.SchedulingPolicy?.ScheduleTimeoutSeconds),
            }
        )
        {
            if (value < 0)
            {
                yield return FieldError.Invalid(
                    $"spec.runPolicy.{field}",
                    value.Value,
                    "must be greater than or equal to 0"
                );
            }
        }
    }

    private static IEnumerable<FieldError> KindErrors(TrainingJob job) =>
        job.Kind switch
        {
            JobKind.TFJob => TensorFlowErrors(job),
            JobKind.PyTorchJob => ElasticRules.Check(job),
            JobKind.XGBoostJob when !job.Has(ReplicaTypes.Master) && job.Spec.ReplicaSpecs is not null =>
            [
                FieldError.Required("spec.xgbReplicaSpecs[Master]", "must be present"),
            ],
            JobKind.MPIJob => MpiErrors(job),
            _ => [],
        };

    private static IEnumerable<FieldError> TensorFlowErrors(TrainingJob job)
    {
        if (job.Has(ReplicaTypes.Chief) && job.Has(ReplicaTypes.Master))
        {
            yield return FieldError.Forbidden("spec.tfReplicaSpecs", "must not have more than 1 Chief or Master role");
        }
    }

    private static IEnumerable<FieldError> MpiErrors(TrainingJob job)
    {
        if (job.Spec.ReplicaSpecs is not null && !job.Has(ReplicaTypes.Launcher))
        {
            yield return FieldError.Required("spec.mpiReplicaSpecs[Launcher]", "must be present");
        }

        if (job.Spec.SlotsPerWorker < 1)
        {
            yield return FieldError.Invalid("spec.slotsPerWorker", job.Spec.SlotsPerWorker.Value, "must be at least 1");
        }
    }
}
