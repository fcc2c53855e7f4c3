using System.Text.Json;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Statuses;

/// <summary>Statuses compared.</summary>
internal static class JobStatuses
{
    /// <summary>They say the same, whenever it was last looked at.</summary>
    public static bool Same(JobStatus one, JobStatus other) => ReferenceEquals(one, other) || Text(one) == Text(other);

    private static string Text(JobStatus status) =>
        JsonSerializer.Serialize(status with { LastReconcileTime = null }, ManifestTypes.Status);
}
