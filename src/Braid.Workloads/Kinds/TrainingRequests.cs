using Braid.Scheduling.Snapshots;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Nodes;
using Toleration = Braid.Scheduling.Snapshots.Toleration;

namespace Braid.Workloads.Kinds;

/// <summary>What a manifest asks of nodes, in the words of scheduling.</summary>
internal static class TrainingRequests
{
    public static ReplicaRequest Of(ResourceRequest asked) =>
        new(asked.CpuMillicores, asked.MemoryBytes) { Gpu = GpuOf(asked), Extended = asked.Others };

    /// <param name="also">Labels that its node has beside those of the manifest.</param>
    public static NodeRules RulesOf(PodSpec pod, IReadOnlyDictionary<string, string> also) =>
        new()
        {
            Selector = pod
                .NodeSelector.Concat(also)
                .DistinctBy(label => label.Key)
                .ToDictionary(StringComparer.Ordinal),
            Tolerations =
            [
                .. pod.Tolerations.Select(one => new Toleration(
                    one.Key.Length > 0 ? one.Key : null,
                    one.Operator == "Exists" ? null : one.Value
                )),
                NodeKinds.HasImage,
            ],
        };

    private static GpuRequest GpuOf(ResourceRequest asked) =>
        asked switch
        {
            { Gpus: > 0 } => new GpuRequest.Whole((int)asked.Gpus),
            { GpuFraction: > 0 } => new GpuRequest.Fraction(asked.GpuFraction, asked.SharedDevices),
            { GpuMemoryMebibytes: > 0 } => new GpuRequest.Memory(asked.GpuMemoryMebibytes, asked.SharedDevices),
            { MigSlices.Count: > 0 } => asked
                .MigSlices.Select(slice => new GpuRequest.Mig(slice.Key, (int)slice.Value))
                .First(),
            _ => GpuRequest.Nothing,
        };
}
