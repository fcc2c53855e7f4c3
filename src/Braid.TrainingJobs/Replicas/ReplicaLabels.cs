using System.Globalization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Replicas;

/// <summary>The labels by which the replicas of a job are found.</summary>
public static class ReplicaLabels
{
    public const string OperatorName = "training.kubeflow.org/operator-name";
    public const string JobName = "training.kubeflow.org/job-name";
    public const string ReplicaType = "training.kubeflow.org/replica-type";
    public const string ReplicaIndex = "training.kubeflow.org/replica-index";
    public const string JobRole = "training.kubeflow.org/job-role";

    /// <summary>The labels of one replica, without those of its template.</summary>
    public static IReadOnlyDictionary<string, string> Of(TrainingJob job, ReplicaId id)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [OperatorName] = job.Traits.OperatorName,
            [JobName] = job.Name,
            [ReplicaType] = id.LowerType,
            [ReplicaIndex] = id.Index.ToString(CultureInfo.InvariantCulture),
        };
        if (IsMaster(job, id))
        {
            labels[JobRole] = id.Type is ReplicaTypes.Launcher ? "launcher" : "master";
        }

        return labels;
    }

    /// <summary>What finds all replicas of a type, as a label selector's text.</summary>
    public static string Selector(TrainingJob job, string type) =>
        $"{JobName}={job.Name},{OperatorName}={job.Traits.OperatorName},{ReplicaType}={type.ToLowerInvariant()}";

    /// <summary>The chief, the master or the launcher; where a job has none, worker 0.</summary>
    public static bool IsMaster(TrainingJob job, ReplicaId id) =>
        job.Has(ReplicaTypes.Chief) || job.Has(ReplicaTypes.Master) || job.Has(ReplicaTypes.Launcher)
            ? id.Type is ReplicaTypes.Chief or ReplicaTypes.Master or ReplicaTypes.Launcher
            : id is { Type: ReplicaTypes.Worker, Index: 0 };
}
