using System.Text.Json.Serialization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Manifests;

/// <summary>
/// A distributed training job of <c>kubeflow.org/v1</c>, whatever its kind: one model, because the kinds differ in names and in
/// a few fields. Read by <see cref="ManifestReader"/>, completed by <see cref="Defaults.JobDefaults"/>.
/// </summary>
public sealed record TrainingJob : Carrier
{
    /// <summary>The version that everything older is converted to.</summary>
    public const string CurrentVersion = "kubeflow.org/v1";

    public string ApiVersion { get; init; } = CurrentVersion;

    public required JobKind Kind { get; init; }

    public required ObjectMetadata Metadata { get; init; }

    public required TrainingJobSpec Spec { get; init; }

    /// <summary>Null: nobody has looked at it yet.</summary>
    public JobStatus? Status { get; init; }

    [JsonIgnore]
    public string Name => Metadata.Name;

    /// <summary>The namespace, <c>default</c> where the manifest names none.</summary>
    [JsonIgnore]
    public string Namespace => Metadata.Namespace.Length > 0 ? Metadata.Namespace : "default";

    [JsonIgnore]
    public KindTraits Traits => KindTraits.Of(Kind);
}

/// <summary>Who an object is.</summary>
public sealed record ObjectMetadata : Carrier
{
    public string Name
    {
        get => field ?? "";
        init;
    }

    /// <summary>Empty: the caller's.</summary>
    public string Namespace
    {
        get => field ?? "";
        init;
    }

    public IReadOnlyDictionary<string, string> Labels
    {
        get => field ?? NoTexts;
        init;
    }

    public IReadOnlyDictionary<string, string> Annotations
    {
        get => field ?? NoTexts;
        init;
    }

    /// <summary>Empty until a server gives it one.</summary>
    public string Uid
    {
        get => field ?? "";
        init;
    }

    public DateTimeOffset? CreationTimestamp { get; init; }

    internal static IReadOnlyDictionary<string, string> NoTexts { get; } = new Dictionary<string, string>();
}
