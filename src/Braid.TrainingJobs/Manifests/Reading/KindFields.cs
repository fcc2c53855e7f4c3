using Braid.TrainingJobs.Kinds;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>Fields of a job's spec that only one kind has.</summary>
internal static class KindFields
{
    private static readonly Dictionary<string, JobKind> owners = new()
    {
        ["successPolicy"] = JobKind.TFJob,
        ["enableDynamicWorker"] = JobKind.TFJob,
        ["nprocPerNode"] = JobKind.PyTorchJob,
        ["elasticPolicy"] = JobKind.PyTorchJob,
        ["slotsPerWorker"] = JobKind.MPIJob,
        ["cleanPodPolicy"] = JobKind.MPIJob,
        ["mainContainer"] = JobKind.MPIJob,
    };

    public static JobKind? OwnerOf(string field) => owners.TryGetValue(field, out var owner) ? owner : null;

    /// <summary>The kind has a field of this name, as far as kinds differ.</summary>
    public static bool Has(JobKind kind, string field) => OwnerOf(field) is not { } owner || owner == kind;
}
