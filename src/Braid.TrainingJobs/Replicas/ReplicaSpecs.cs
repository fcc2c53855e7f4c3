using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Replicas;

/// <summary>Which replicas a job has.</summary>
public static class ReplicaSpecs
{
    /// <summary>The types of the job, in the order in which its kind looks at them; types that a kind does not name come last.</summary>
    public static IReadOnlyList<KeyValuePair<string, ReplicaSpec>> OrderedSpecs(this TrainingJob job)
    {
        var order = job.Traits.ReplicaTypes;
        return
        [
            .. (job.Spec.ReplicaSpecs ?? new Dictionary<string, ReplicaSpec>())
                .OrderBy(spec => Place(order, spec.Key))
                .ThenBy(spec => spec.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>All replicas, by type and index. Of a job with defaults: a spec without a number counts none.</summary>
    public static IEnumerable<ReplicaId> ReplicaIds(this TrainingJob job) =>
        job.OrderedSpecs()
            .SelectMany(spec =>
                Enumerable.Range(0, spec.Value.Replicas ?? 0).Select(index => new ReplicaId(spec.Key, index))
            );

    /// <summary>How many replicas the job has in all.</summary>
    public static int TotalReplicas(this TrainingJob job) => job.OrderedSpecs().Sum(spec => spec.Value.Replicas ?? 0);

    /// <summary>How many replicas of a type the job has; 0 where it has no such type.</summary>
    public static int CountOf(this TrainingJob job, string type) =>
        job.Spec.ReplicaSpecs is { } specs && specs.TryGetValue(type, out var spec) ? spec.Replicas ?? 0 : 0;

    public static bool Has(this TrainingJob job, string type) => job.Spec.ReplicaSpecs?.ContainsKey(type) is true;

    /// <summary>When replicas of a type are started again: as the spec says, or as the kind does.</summary>
    public static RestartPolicy RestartPolicyOf(this TrainingJob job, string type) =>
        job.Spec.ReplicaSpecs is { } specs && specs.TryGetValue(type, out var spec)
            ? spec.RestartPolicy ?? job.Traits.DefaultRestartPolicy
            : job.Traits.DefaultRestartPolicy;

    private static int Place(IReadOnlyList<string> order, string type)
    {
        for (var place = 0; place < order.Count; place++)
        {
            if (order[place] == type)
            {
                return place;
            }
        }

        return order.Count;
    }
}
