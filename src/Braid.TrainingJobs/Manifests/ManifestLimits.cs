namespace Braid.TrainingJobs.Manifests;

/// <summary>How large a manifest may be.</summary>
public sealed record ManifestLimits
{
    public static ManifestLimits Default { get; } = new();

    /// <summary>Characters of a whole file; Kubernetes itself stores no larger object than this.</summary>
    public int Characters { get; init; } = 1_048_576;

    public int Documents { get; init; } = 100;

    /// <summary>Values of a file, those that aliases repeat included.</summary>
    public int Values { get; init; } = 100_000;
}
